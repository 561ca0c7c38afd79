// The papers of the example, with evidence, notes and a rectification list as staff would write them: made by the page's own
// modules, under Node. `node tests/tools/papers.mjs` writes tests/golden/papers.txt anew.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const people = {
  evidence: {
    'C-10': [
      { name: '机械化清扫作业台账', number: '常城管环〔2023〕12号', date: '2023-10-20', pages: '36', digest: `sha256:${'ab'.repeat(32)} sm3:${'cd'.repeat(32)}`, file: '机扫台账.pdf' },
      { name: '环卫车辆清单', number: '', date: '2023-09-30', pages: '4', digest: '', file: '' },
    ],
    'A-04': [{ name: '2023年城市绿地统计报表', number: '', date: '', pages: '', digest: '', file: '' }],
  },
  notes: { 'C-10': '三季度新购机扫车 12 辆，已上牌 8 辆。' },
  tasks: {
    'C-10': { department: '市城市管理局', person: '王建国', due: '2023-12-20', measure: '11 月底前投用 12 辆机扫车。', progress: '已到货 8 辆', closed: '' },
    'A-10': { department: '市城市管理局', person: '李敏', due: '2024-01-31', measure: '', progress: '', closed: '2023-12-01' },
    'C-01': { department: '市城市管理局', person: '李敏', due: '2023-09-30', measure: '补发文件', progress: '已印发', closed: '', problem: '垃圾分类管理制度文件：否' },
  },
};

/** The modules of the page that make papers, as they are under Node. */
export async function load() {
  const folder = await mkdtemp(join(tmpdir(), 'duibiao-'));
  const entry = join(folder, 'entry.js');
  const from = (path) => JSON.stringify(join(root, 'www/src', path));
  await writeFile(entry, `export { papersOf } from ${from('papers/papers.ts')};\nexport { plain } from ${from('papers/paper.ts')};\nexport { PAPERS, paperWords } from ${from('papers/wording.ts')};
export { layoutOf } from ${from('work/entry.ts')};\nexport { whole } from ${from('work/assessment.ts')};\nexport { wordsFor } from ${from('words/wording.ts')};
export { groundsOf } from ${from('words/finding.ts')};\n`);
  const made = join(folder, 'made.mjs');
  const bundle = await rolldown({ input: entry, logLevel: 'silent' });
  await bundle.write({ file: made, format: 'esm' });
  await bundle.close();
  const modules = await import(pathToFileURL(made).href);
  await rm(folder, { recursive: true });
  return modules;
}

/** What papers are made of: the example as of the first day of 2024; `more`: what is added to the parts of its entry. */
export async function material({ layoutOf, whole, wordsFor, paperWords }, lang = 'zh', parts = people, more = {}) {
  const { Checker, initSync } = await import(new URL('../../target/module/duibiao.js', import.meta.url));
  const module = new WebAssembly.Module(await readFile(join(root, 'target/module/changzhou-2023.wasm')));
  initSync({ module });
  const [rulebook] = WebAssembly.Module.customSections(module, 'duibiao.rulebook');
  const checker = Checker.load(new Uint8Array(rulebook));
  const standard = checker.describe();
  const { standard: _, ...example } = JSON.parse(await readFile(join(root, 'www/public/example-changzhou-2023.json'), 'utf8'));
  const entry = { ...example, ...Object.fromEntries(Object.entries(more).map(([part, added]) => [part, { ...example[part], ...added }])) };
  const report = checker.check(entry, { as_of: '2024-01-01', lang });
  return { words: wordsFor(lang), own: paperWords(lang), standard, layout: layoutOf(standard, report.score.pending ?? []), report, assessment: whole({ ...parts, entry }) };
}

/** All papers as text. Digests and version turn with every build and are left out. */
export async function everyPaper(lang = 'zh') {
  const modules = await load();
  const of = await material(modules, lang);
  const papers = modules.PAPERS.flatMap((id) => modules.papersOf(id, of, ''));
  return papers.map((paper) => modules.plain({ ...paper, marks: [] })).join('\n\n').concat('\n');
}

export const golden = join(root, 'tests/golden/papers.txt');
if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(golden, await everyPaper());
