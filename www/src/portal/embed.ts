/** The page for webmasters: settings on one side, the element as it will be on the other, the code to copy, and the published facts. */
import { html, nothing, render, type TemplateResult } from 'lit';
import type { Standard } from '../../../src/wasm.d.ts';
import { openStandard } from '../work/engine';
import { departmentsOf } from '../work/scope';
import { embedWords, type Setting, type Way } from './embed-wording';
import './define';
import './plain-page';
import { attributesOf, droppedBy, filesFor, snippetOf, styleOf, type Facts, type Flag, type Settings } from './snippet';

const WAYS: readonly Way[] = ['script', 'disk', 'frame', 'module'];
const lang = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';
const words = embedWords(lang);

let way: Way = 'script';
let settings: Settings = { src: 'changzhou-2023.wasm', onlyChapter: '', department: '', chapter: '', asOf: '', draft: '', data: '', example: '', name: '', required: false, readonly: false, disabled: false, lang, scheme: 'light', accent: '' };
let standard: Standard | undefined;
let facts: Facts | undefined;
let failed = false;
let said = '';

function change<K extends keyof Settings>(key: K, value: Settings[K]): void {
  settings = { ...settings, [key]: value };
  said = '';
  draw();
}

function page(): TemplateResult {
  const style = way === 'frame' || colourIsWrong() ? '' : styleOf(settings);
  const dropped = droppedBy(way, settings);
  return html`
    <header class="banner">
      <div class="inner">
        <h1>${words.title}<span class="brand">${words.brand}</span></h1>
        <p><a href="?lang=zh" lang="zh-CN" hreflang="zh-CN" aria-current=${lang === 'zh' ? 'true' : nothing}>中文</a><a href="?lang=en" lang="en" hreflang="en" aria-current=${lang === 'en' ? 'true' : nothing}>English</a></p>
      </div>
    </header>
    <main class="inner">
      <p class="lead">${words.lead}</p>
      <div class="columns">
        <div>
          <section class="card" aria-labelledby="settings">
            <fieldset class="ways"><legend>${words.way}</legend>
              ${WAYS.map((one) => html`<label><input type="radio" name="way" .checked=${way === one} @change=${() => { way = one; said = ''; draw(); }}><span>${words.ways[one][0]}<small>${words.ways[one][1]}</small></span></label>`)}
            </fieldset>
            <h2 id="settings">${words.settings}</h2>
            ${text('src')}
            ${choice('onlyChapter', chapters())}
            ${choice('department', standard === undefined ? [] : departmentsOf(standard).map((one) => [one, one]))}
            ${choice('chapter', chapters(), words.first)}
            ${text('asOf', 'date')}${text('draft')}${text('data')}${text('example')}${text('name')}
            ${choice('lang', [['zh', '中文'], ['en', 'English']], null)}
            ${choice('scheme', (['light', 'dark', 'auto'] as const).map((one) => [one, words.schemes[one]]), null)}
            ${text('accent', 'text', colourIsWrong() ? words.noColour(settings.accent) : '')}
            ${flag('required')}${flag('readonly')}${flag('disabled')}
          </section>
          ${dropped.length === 0 ? nothing : html`<p class="told" role="status">${words.dropped(dropped.map((key) => words.labels[key][0]).join('、'))}</p>`}
          ${code('snippet', words.snippet, snippetOf(way, settings, facts))}
          ${style === '' ? nothing : code('style', words.css, style)}
          ${facts === undefined ? nothing : code('policy', words.policy, `Content-Security-Policy: ${facts.content_security_policies[way]}\n`, words.policyHint)}
        </div>
        <section class="card preview" aria-labelledby="preview"><h2 id="preview">${words.preview}</h2><div id="place"></div></section>
      </div>
      <section class="card">${files()}</section>
    </main>`;
}

function label(key: Setting): TemplateResult {
  return html`<label for="s-${key}">${words.labels[key][0]}</label>`;
}

function text(key: Exclude<Setting, Flag>, type = 'text', wrong = ''): TemplateResult {
  const hint = wrong === '' ? words.labels[key][1] : wrong;
  return html`<div class="setting">${label(key)}
    <input type=${type} id="s-${key}" .value=${settings[key]} aria-invalid=${wrong === '' ? nothing : 'true'} aria-describedby=${hint === '' ? nothing : `h-${key}`} @change=${(event: Event) => change(key, (event.target as HTMLInputElement).value.trim())}>
    ${hint === '' ? nothing : html`<small id="h-${key}" class=${wrong === '' ? '' : 'wrong'}>${hint}</small>`}</div>`;
}

function flag(key: Flag): TemplateResult {
  const hint = words.labels[key][1];
  return html`<div class="setting">${label(key)}<input type="checkbox" id="s-${key}" .checked=${settings[key]} aria-describedby=${hint === '' ? nothing : `h-${key}`} @change=${(event: Event) => change(key, (event.target as HTMLInputElement).checked)}>
    ${hint === '' ? nothing : html`<small id="h-${key}">${hint}</small>`}</div>`;
}

const colourIsWrong = (): boolean => settings.accent !== '' && !CSS.supports('color', settings.accent);

function choice(key: Exclude<Setting, Flag>, options: readonly (readonly [string, string])[], none: string | null = words.all): TemplateResult {
  return html`<div class="setting">${label(key)}
    <select id="s-${key}" @change=${(event: Event) => change(key, (event.target as HTMLSelectElement).value)}>
      ${none === null ? nothing : html`<option value="" .selected=${settings[key] === ''}>${none}</option>`}
      ${options.map(([value, name]) => html`<option value=${value} .selected=${settings[key] === value}>${name}</option>`)}
    </select></div>`;
}

const chapters = (): readonly (readonly [string, string])[] => (standard === undefined ? [] : standard.chapters.map(({ id, title }) => [id, title]));

function code(id: string, title: string, content: string, hint = ''): TemplateResult {
  return html`
    <section class="card" aria-labelledby="c-${id}">
      <div class="code-head"><h2 id="c-${id}">${title}</h2><span class="said" role="status">${said === id ? words.copied('') : said === `!${id}` ? words.notCopied : ''}</span>
        <button type="button" aria-label="${words.copy} ${title}" @click=${() => { void copy(id, content); }}>${words.copy}</button></div>
      <pre tabindex="0" id="t-${id}" aria-label=${title}>${content}</pre>${hint === '' ? nothing : html`<p class="lead">${hint}</p>`}
    </section>`;
}

function files(): TemplateResult {
  if (facts === undefined) return html`<h2>${words.files}</h2><p role="status">${failed ? words.noFacts : ''}</p>`;
  const [name, bytes, gzip, integrity] = words.columns;
  const needed = filesFor(way, settings, facts);
  return html`<p class="lead" id="needed">${needed.length === 0 ? words.packed : html`${words.needed}${needed.map((file) => html` <code>${file}</code>`)}`}</p><table class="files"><caption>${words.files}</caption>
    <thead><tr><th scope="col">${name}</th><th scope="col">${bytes}</th><th scope="col">${gzip}</th><th scope="col">${integrity}</th></tr></thead>
    <tbody>${Object.entries(facts.files).map(([file, fact]) => html`<tr class=${needed.includes(file) ? '' : 'idle'}><th scope="row">${file}${needed.includes(file) ? nothing : html`<small>${words.notNeeded}</small>`}</th><td class="number" data-of=${bytes}>${fact.bytes.toLocaleString('en')}</td><td class="number" data-of=${gzip}>${fact.gzip.toLocaleString('en')}</td><td><code>${fact.integrity}</code></td></tr>`)}</tbody>
  </table>`;
}

/** By the clipboard where the page may, by a selection elsewhere: intranets have no secure context. */
async function copy(id: string, content: string): Promise<void> {
  let done = false;
  try {
    await navigator.clipboard.writeText(content);
    done = true;
  } catch {
    const shown = document.getElementById(`t-${id}`);
    const selection = window.getSelection();
    if (shown !== null && selection !== null) {
      selection.selectAllChildren(shown);
      done = document.execCommand('copy');
    }
  }
  said = done ? id : `!${id}`;
  draw();
}

const check = document.createElement('duibiao-check');
let shown: string | undefined;

function draw(): void {
  render(page(), document.body);
  const place = document.getElementById('place');
  if (place !== null && check.parentNode !== place) place.append(check);
  for (const name of ['only-chapter', 'department', 'chapter', 'as-of', 'draft', 'data', 'example', 'name', 'lang', 'scheme', 'readonly', 'required', 'disabled']) if (!attributesOf(settings).some(([one]) => one === name)) check.removeAttribute(name);
  for (const [name, value] of attributesOf(settings)) if (check.getAttribute(name) !== value) check.setAttribute(name, value);
  if (check.getAttribute('draft') === null) check.setAttribute('draft', 'embed');
  check.style.setProperty('--duibiao-accent', settings.accent);
  if (shown !== settings.src) {
    shown = settings.src;
    check.setAttribute('src', settings.src);
    const { src } = settings;
    openStandard(src, document.baseURI).then((opened) => { standard = opened.standard; opened.close(); draw(); }, () => { standard = undefined; draw(); });
  }
}

document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
document.title = `${words.title} · ${words.brand}`;
draw();
fetch('facts.json').then((response) => response.json()).then((found: Facts) => { facts = found; draw(); }, () => { failed = true; draw(); });
