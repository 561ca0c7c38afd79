// Embedding: the single script in somebody else's page, under a strict policy, several at once, in any order.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { parseAst } from 'vite';
import { field, fillExample, launch, open, ready, serve } from './browser.mjs';

const root = new URL('../../', import.meta.url);
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'";
const host = (body, head = '') => ({ type: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy },
  body: `<!doctype html><html lang="zh-CN"><title>host</title><link rel="icon" href="data:,">${head}<script src="/duibiao-check.js"></script><body>${body}</body></html>` });

/** As `host`, under a policy of its own and with other scripts. */
const page = (body, scripts, head) => ({ type: 'text/html; charset=utf-8', headers: { 'content-security-policy': `default-src 'none'; ${scripts}; style-src 'self'; img-src data:; connect-src 'self'` },
  body: `<!doctype html><html lang="zh-CN"><title>host</title><link rel="icon" href="data:,">${head}<body>${body}</body></html>` });
const script = await readFile(new URL('www/dist/duibiao-check.js', root), 'utf8');
const [, version] = /^version = "(.+)"$/m.exec(await readFile(new URL('Cargo.toml', root), 'utf8'));

let server, browser;
const wasm = await readFile(new URL('www/dist/changzhou-2023.wasm', root));
before(async () => {
  server = await serve({
    '/host.html': host('<duibiao-check></duibiao-check>'),
    '/bare.html': host(''),
    '/strange.html': host('<duibiao-check src="strange"></duibiao-check>'),
    '/gbk.html': { type: 'text/html', body: '<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>host</title><link rel="icon" href="data:,"><script src="/duibiao-check.js" defer></script></head><body><duibiao-check src="changzhou-2023.wasm" draft="none"></duibiao-check></body></html>' },
    '/gbk-disk.html': { type: 'text/html', body: '<!doctype html><html><head><meta charset="gbk"><title>host</title><link rel="icon" href="data:,"><script src="/duibiao-check.js" defer></script><script src="/changzhou-2023.js" defer></script></head><body><duibiao-check src="changzhou-2023.js" draft="none"></duibiao-check></body></html>' },
    '/renamed.html': page('<duibiao-check src="changzhou-2023.js?v=7" draft="none"></duibiao-check>', "script-src 'self'", '<script src="/js/check.1a2b.js?v=3" data-nowasm="/js/plain.3c4d.js" defer></script><script src="/changzhou-2023.js?v=2" defer></script>'),
    '/js/check.1a2b.js': { body: script, type: 'text/javascript' },
    '/js/plain.3c4d.js': { body: await readFile(new URL('www/dist/duibiao-check.nowasm.js', root)), type: 'text/javascript' },
    '/versions.html': page('<duibiao-check src="changzhou-2023.wasm" draft="none"></duibiao-check>', "script-src 'self' 'wasm-unsafe-eval'", '<script src="/older.js"></script><script src="/duibiao-check.js"></script>'),
    '/older.js': { body: script.replaceAll(version, '0.0.9'), type: 'text/javascript' },
    '/strange': { body: wasm, type: 'text/plain' },
    '/several.html': host('<duibiao-check id="a" src="changzhou-2023.wasm" draft="a"></duibiao-check><duibiao-check id="b" src="second.wasm" draft="none"></duibiao-check>'),
    '/second.wasm': { body: wasm, type: 'application/wasm' },
    '/broken.wasm': { body: 'no module', type: 'application/wasm' },
    '/empty.wasm': { body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]), type: 'application/wasm' },
  });
  browser = await launch();
});
after(async () => { await browser.close(); await server.close(); });

test('the portal hears the report and shows the counts', async () => {
  const page = await open(browser, `${server.address}examples/portal.html`);
  await ready(page);
  await page.locator('#counts', { hasText: '缺数据' }).waitFor();
  await fillExample(page);
  await page.locator('#counts', { hasText: '未达标' }).waitFor();
  const { counts, score } = await page.evaluate(() => {
    const { findings, score } = document.querySelector('duibiao-check').report;
    return { counts: findings.filter(({ outcome }) => outcome === 'met').length, score };
  });
  assert.match(await page.locator('#counts').innerText(), new RegExp(`(^|\\n)达标\\s+${counts} 项`));
  assert.ok((await page.locator('#counts').innerText()).includes(score.full));
  assert.deepEqual(page.complaints, []);
});

test('no complaint from console, network or policy on the page', async () => {
  const page = await open(browser, server.address);
  await ready(page);
  await fillExample(page);
  await page.locator('.clump .item').first().click();
  await page.locator('section.why').first().waitFor();
  await page.evaluate(() => shownCheck().updateComplete);
  assert.deepEqual(page.complaints, []);
});

test('without a standard, or with a bad one, the element says what is wrong', async () => {
  for (const [attribute, words] of [['', /没有指定标准/], ['src="nowhere.wasm"', /取不到/], ['src="broken.wasm"', /不是可用的/], ['src="empty.wasm"', /没有标准/]]) {
    const page = await open(browser, `${server.address}bare.html`);
    const code = await page.evaluate((markup) => new Promise((done) => {
      document.addEventListener('duibiao-error', (event) => done(event.error.code));
      document.body.innerHTML = `<duibiao-check ${markup}></duibiao-check>`;
    }), attribute);
    assert.equal(typeof code, 'string');
    assert.match(await page.locator('duibiao-check [role=alert]').innerText(), words);
    await page.context().close();
  }
});

test('what the host sets wrong is told; an entry of fields alone is taken', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => {
    document.body.innerHTML = '<duibiao-check src="changzhou-2023.wasm" as-of="yesterday"></duibiao-check>';
    document.body.firstElementChild.entry = { 清扫面积: 100, mech_swept_area: 93 };
  });
  await ready(page);
  await page.getByText('“yesterday”不是日期').waitFor();
  assert.equal(await field(page, 'swept_area').inputValue(), '100');
  const outcome = await page.evaluate(() => document.querySelector('duibiao-check').report.findings.find(({ indicator }) => indicator === 'C-10').outcome);
  assert.equal(outcome, 'met');
});

test('a wrong type from the server does no harm', async () => {
  const page = await open(browser, `${server.address}strange.html`);
  await ready(page);
  assert.deepEqual(page.complaints, []);
});

test('a page in GB2312 reads the scripts as they were written: they hold ASCII alone', async () => {
  for (const name of ['duibiao-check.js', 'duibiao-check.nowasm.js', 'duibiao-frame.js', 'duibiao-framed.js', 'changzhou-2023.js', 'sw.js']) {
    const bytes = await readFile(new URL(`www/dist/${name}`, root));
    assert.equal(bytes.findIndex((byte) => byte > 127), -1, name);
  }
  for (const name of ['gbk', 'gbk-disk']) {
    const page = await open(browser, `${server.address}${name}.html`);
    await ready(page);
    assert.equal(await page.evaluate(() => document.characterSet), 'GBK');
    await field(page, 'swept_area').fill('100');
    assert.match(await page.locator('duibiao-check').locator('.title').innerText(), /常州/);
    assert.deepEqual(page.complaints, []);
  }
});

test('scripts under other names, and with versions behind them', async () => {
  const page = await open(browser, `${server.address}renamed.html`);
  await ready(page);
  assert.equal(await page.evaluate(() => typeof window.duibiaoPlain), 'function', 'WebAssembly is refused by this policy');
  await field(page, 'swept_area').fill('100');
  assert.deepEqual(page.complaints.filter((text) => !/wasm|WebAssembly|script-src/i.test(text)), []);
});

test('a second copy of another version says that it is not used, and counts what the first has open', async () => {
  const page = await open(browser, `${server.address}versions.html`);
  await ready(page);
  assert.deepEqual(await page.evaluate(() => [customElements.get('duibiao-check').version, window.duibiao.checkersAlive()]), ['0.0.9', 1]);
  assert.equal(await page.evaluate(() => window.duibiao.version), version);
  assert.equal(page.complaints.length, 1);
  assert.match(page.complaints[0], new RegExp(`^warning: duibiao-check：本页已有 0\\.0\\.9 版，${version}`));
});

test('several on one page do not disturb each other, and removing one leaves the other', async () => {
  const page = await open(browser, `${server.address}several.html`);
  for (const id of ['b', 'a']) await page.locator(`#${id} [id="c-3-sanitation"] .chapter-head`).click();
  await page.locator('#a [data-path="swept_area"]').fill('480');
  assert.equal(await page.locator('#b [data-path="swept_area"]').inputValue(), '');
  await page.locator('#b').evaluate((node) => { const { parentNode } = node; node.remove(); parentNode.append(node); });
  await page.locator('#b [data-path="swept_area"]').fill('12');
  assert.equal(await page.locator('#a [data-path="swept_area"]').inputValue(), '480');
  assert.match(await page.locator('#b .tools').innerText(), /不保存/);
  assert.deepEqual(page.complaints, []);
});

test('the order of setting does not matter', async () => {
  const entry = { fields: { swept_area: '480', mech_swept_area: '412' } };
  const reports = [];
  for (const order of [0, 1, 2]) {
    const page = await open(browser, `${server.address}bare.html`);
    reports.push(await page.evaluate(async ([which, given]) => {
      const node = document.createElement('duibiao-check');
      const settled = new Promise((done) => {
        node.addEventListener('duibiao-report', ({ report }) => {
          if (report.as_of === '2024-06-30' && JSON.stringify(report).includes('412')) done(JSON.stringify(report));
        });
      });
      const steps = [
        () => { node.entry = given; },
        () => node.setAttribute('as-of', '2024-06-30'),
        () => { node.src = 'changzhou-2023.wasm'; },
        () => node.setAttribute('draft', 'none'),
        () => document.body.append(node),
      ];
      if (which === 1) steps.reverse();
      for (const step of which === 2 ? [steps[4], steps[2], steps[0], steps[3], steps[1]] : steps) {
        const report = new Promise((done) => node.addEventListener('duibiao-report', done, { once: true }));
        step();
        // Each by itself: the standard once it is open.
        if (which === 2) await (step === steps[2] ? report : node.updateComplete);
      }
      return settled;
    }, [order, entry]));
    await page.context().close();
  }
  assert.equal(new Set(reports).size, 1);
  assert.match(reports[0], /duibiao-report\/2/);
});

test('read-only shows and takes nothing', async () => {
  const page = await open(browser, `${server.address}bare.html`);
  await page.evaluate(() => { document.body.innerHTML = '<duibiao-check src="changzhou-2023.wasm" readonly draft="none"></duibiao-check>'; document.querySelector('duibiao-check').entry = { fields: { swept_area: '480' } }; });
  await ready(page);
  assert.equal(await field(page, 'swept_area').getAttribute('readonly'), '');
  assert.equal(await page.getByRole('button', { name: '导入数据' }).count(), 0);
  await field(page, 'swept_area').focus();
  await page.keyboard.press('Control+z');
  assert.equal(await field(page, 'swept_area').inputValue(), '480');
});

test('the scripts keep to ES2019', async () => {
  const newer = new Set(['ChainExpression', 'PropertyDefinition', 'PrivateIdentifier', 'StaticBlock', 'ImportExpression', 'MetaProperty', 'AccessorProperty']);
  // Modules know these since Chromium 64.
  const older = new Set(['ImportExpression', 'MetaProperty']);
  const text = (name) => readFile(new URL(`www/dist/${name}`, root), 'utf8');
  // All that the page loads at first or later: the service worker knows it.
  const page = [...(await text('sw.js')).matchAll(/assets\/[^`"']+\.js/g)].map(([name]) => name);
  assert.ok(page.length > 2);
  // And what the page for webmasters loads; the studio alone wants a newer browser.
  page.push(...[...(await text('embed.html')).matchAll(/assets\/[^`"']+\.js/g)].map(([name]) => name).filter((name) => !page.includes(name)));
  assert.ok(page.some((name) => name.includes('/embed-')));
  for (const name of [...page, 'sw.js', 'duibiao-changzhou-2023.html', 'duibiao-check.js', 'duibiao-check.nowasm.js', 'duibiao-frame.js', 'duibiao-framed.js', 'changzhou-2023.js']) {
    const whole = await text(name);
    const source = name.endsWith('.html') ? whole.slice(whole.lastIndexOf('<script>') + '<script>'.length, whole.lastIndexOf('</script>')) : whole;
    const found = [];
    const walk = (node) => {
      if (node === null || typeof node !== 'object') return;
      if (Array.isArray(node)) { node.forEach(walk); return; }
      if ((newer.has(node.type) && !(page.includes(name) && older.has(node.type))) || (node.type === 'LogicalExpression' && node.operator === '??') || (node.type === 'AssignmentExpression' && /^(\?\?|\|\||&&)=$/.test(node.operator)) || (node.type === 'Literal' && 'bigint' in node)) {
        found.push(`${node.type} ${source.slice(node.start, node.start + 60)}`);
      }
      Object.values(node).forEach(walk);
    };
    walk(parseAst(source).body);
    assert.deepEqual(found, [], name);
    assert.doesNotMatch(source, /https?:\/\/(?!www\.w3\.org)[^"'`\s]+\.(js|css|woff2?)/, `${name} loads nothing from elsewhere`);
  }
});

const golden = new URL('tests/golden/', root);
test('what the report says is the golden one, byte for byte', async () => {
  const [data, expected] = await Promise.all(['data.json', 'report.json'].map((name) => readFile(new URL(name, golden), 'utf8')));
  const page = await open(browser, `${server.address}bare.html`);
  const report = await page.evaluate(([entry, asOf]) => new Promise((done) => {
    const node = document.createElement('duibiao-check');
    node.entry = entry;
    node.setAttribute('as-of', asOf);
    node.setAttribute('draft', 'none');
    node.src = 'changzhou-2023.wasm';
    node.addEventListener('duibiao-report', () => done(`${JSON.stringify(node.report, null, 2)}\n`));
    document.body.append(node);
  }), [JSON.parse(data), JSON.parse(expected).as_of]);
  // The element calls every field by its id, so the record of what was given differs, and the order of what is wrong with it.
  const judged = (text) => {
    const { entry, entry_digest, data: problems, ...rest } = JSON.parse(text);
    assert.ok(entry.fields && entry_digest);
    return JSON.stringify([rest, problems.map((problem) => JSON.stringify(problem)).sort()]);
  };
  assert.equal(judged(report), judged(expected));
});
