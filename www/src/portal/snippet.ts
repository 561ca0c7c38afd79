/** The code that a webmaster copies, for each way of embedding. */
import type { Setting, Way } from './embed-wording';

export type Flag = 'readonly' | 'required' | 'disabled';
export type Settings = Readonly<Record<Exclude<Setting, Flag>, string>> & Readonly<Record<Flag, boolean>>;

/** As `facts.json` has them. */
export interface Facts {
  readonly version: string;
  readonly content_security_policies: Readonly<Record<Way, string>>;
  /** Files beside the standard. */
  readonly needs: Readonly<Record<Way, readonly string[]>>;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly gzip: number; readonly integrity: string }>>;
}

const ATTRIBUTES: readonly (readonly [keyof Settings, string])[] = [
  ['onlyChapter', 'only-chapter'], ['department', 'department'], ['chapter', 'chapter'], ['asOf', 'as-of'], ['draft', 'draft'], ['data', 'data'], ['example', 'example'], ['name', 'name'], ['lang', 'lang'], ['scheme', 'scheme'],
];
const FLAGS: readonly Flag[] = ['readonly', 'required', 'disabled'];
/** What does not go along into an iframe: there is no form around, and the colours are those of the framed page. */
export const NOT_FRAMED: readonly Setting[] = ['name', 'required', 'disabled', 'accent'];
/** What an attribute says when it is absent. */
const USUAL: Partial<Record<keyof Settings, string>> = { lang: 'zh', scheme: 'light' };

/** Attributes of the element beside `src`, those that say something. */
export function attributesOf(settings: Settings): readonly (readonly [string, string])[] {
  const given = ATTRIBUTES.map(([key, name]) => [name, String(settings[key]), USUAL[key] || ''] as const).filter(([, value, usual]) => value !== '' && value !== usual);
  return [...given.map(([name, value]) => [name, value] as const), ...FLAGS.filter((flag) => settings[flag]).map((flag) => [flag, ''] as const)];
}

/** Settings that say something, and do not go along with this way. */
export const droppedBy = (way: Way, settings: Settings): readonly Setting[] => (way === 'frame' ? NOT_FRAMED.filter((key) => settings[key] !== '' && settings[key] !== false) : []);

/** Files to be put on the server. */
export function filesFor(way: Way, settings: Settings, { needs }: Facts): readonly string[] {
  return way === 'module' ? [] : [...needs[way], standardFor(way, settings)];
}

const standardFor = (way: Way, { src }: Settings): string => (way === 'disk' ? src.replace(/\.wasm(?=$|\?)/, '.js') : src);

/** For browsers that keep several engines: without it some take the oldest. */
const RENDERER = '<!-- <head> -->\n<meta name="renderer" content="webkit">\n';
/** What a browser that is too old shows in place of the element, and others until it is there. */
const INSTEAD: Readonly<Record<'zh' | 'en', string>> = {
  zh: '正在打开指标自查。如果一直停在这里，请换用新版浏览器；双核浏览器请切换到极速模式。',
  en: 'Opening the self-check. If this stays, please use a newer browser.',
};

export function snippetOf(way: Way, settings: Settings, facts: Facts | undefined): string {
  const src = standardFor(way, settings);
  const attributes = attributesOf(settings).map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`)).join('');
  const element = `<duibiao-check src="${escaped(src)}"${attributes}>\n  <p>${INSTEAD[settings.lang === 'en' ? 'en' : 'zh']}</p>\n</duibiao-check>`;
  const script = (file: string): string => {
    const fact = facts === undefined ? undefined : facts.files[file];
    // Pages in GB2312 read scripts in it too, unless told otherwise. A page from a disk cannot check hashes: the browser would refuse the script.
    return `<script src="${file}" charset="utf-8"${fact === undefined || way === 'disk' ? '' : ` integrity="${fact.integrity}"`} defer></script>`;
  };
  const file = settings.src.replace(/^.*\//, '');
  const body = '\n<!-- <body> -->\n';
  switch (way) {
    case 'script': return `${RENDERER}${script('duibiao-check.js')}\n${body}${element}\n`;
    case 'disk': return `${RENDERER}${script('duibiao-check.js')}\n<script src="${escaped(src)}" charset="utf-8" defer></script>\n${body}${element}\n`;
    case 'frame': return `${RENDERER}${script('duibiao-frame.js')}\n${body}<iframe data-duibiao-frame src="${escaped(`frame.html?${query(settings)}`)}" title="${settings.lang === 'en' ? 'Self-check' : '指标自查'}" width="100%" height="720" frameborder="0"></iframe>\n`;
    case 'module': return `// npm install ./duibiao-${facts === undefined ? 'x.y.z' : facts.version}.tgz\nimport 'duibiao/define';\nimport standard from 'duibiao/standards/${file}?url'; // vite\n// webpack: const standard = new URL('duibiao/standards/${file}', import.meta.url).href;\n\ndocument.querySelector('duibiao-check').src = standard;\n\n${element.replace(/ src="[^"]*"/, '')}\n`;
  }
}

export function styleOf(settings: Settings): string {
  return settings.accent === '' ? '' : `duibiao-check { --duibiao-accent: ${settings.accent}; }\n`;
}

function query(settings: Settings): string {
  return [['src', settings.src] as const, ...attributesOf(settings).filter(([name]) => !['name', 'required', 'disabled'].includes(name))]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
