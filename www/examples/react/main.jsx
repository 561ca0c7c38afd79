// The element and the checker alone, of one package: the element for people, `load` for a figure on its own.
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { load } from 'duibiao';
import 'duibiao/define';
import './main.css';
import standard from 'duibiao/standards/changzhou-2023.wasm?url';

const START = { fields: { 清扫面积: 480, 机扫面积: 412 } };

/** Events of the element are no events of React: they are heard at the element. */
function Check({ entry, onReport, ...attributes }) {
  const place = useRef(null);
  useEffect(() => {
    const heard = (event) => onReport(event.report);
    const element = place.current;
    element.addEventListener('duibiao-report', heard);
    return () => element.removeEventListener('duibiao-report', heard);
  }, [onReport]);
  useEffect(() => { if (entry !== undefined) place.current.entry = entry; }, [entry]);
  return <duibiao-check ref={place} {...attributes} />;
}

/** How the rate moves the verdict, without a page of figures. */
function Alone() {
  const [checker, setChecker] = useState();
  const [swept, setSwept] = useState(90);
  useEffect(() => {
    let opened;
    let gone = false;
    load(standard).then((one) => { if (gone) one.free(); else setChecker(opened = one); });
    return () => { gone = true; if (opened !== undefined) opened.free(); };
  }, []);
  const finding = checker && checker.check({ fields: { 清扫面积: 100, 机扫面积: swept } }, { as_of: '2024-01-01' }).findings.find(({ indicator }) => indicator === 'C-10');
  return <p className="alone"><label>机扫率 <input type="range" min="80" max="100" value={swept} onChange={(event) => setSwept(event.target.value)} /> {swept}%</label> <output id="alone">{finding ? finding.text : ''}</output></p>;
}

function App() {
  const [report, setReport] = useState();
  const [shown, setShown] = useState(true);
  const unmet = report ? report.findings.filter(({ outcome }) => outcome === 'unmet').length : 0;
  return (
    <>
      <h1>城市长效管理指标自查</h1>
      <Alone />
      <p id="result" role="status">{report ? `未达标 ${unmet} 项` : '尚未开始'}</p>
      <button type="button" onClick={() => setShown(!shown)}>{shown ? '收起' : '展开'}</button>
      {shown && <Check src={standard} draft="react" chapter="3-sanitation" entry={START} onReport={setReport} />}
    </>
  );
}

createRoot(document.getElementById('app')).render(<App />);
