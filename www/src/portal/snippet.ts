/** The code that a webmaster copies, for each way of embedding. */
import type { Setting, Way } from './embed-wording';

export type Settings = Readonly<Record<Exclude<Setting, 'readonly'>, string>> & { readonly readonly: boolean };

/** As `facts.json` has them. */
export interface Facts {
  readonly version: string;
  readonly content_security_policy: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly gzip: number; readonly integrity: string }>>;
}

const ATTRIBUTES: readonly (readonly [keyof Settings, string])[] = [
  ['onlyChapter', 'only-chapter'], ['department', 'department'], ['chapter', 'chapter'], ['asOf', 'as-of'], ['draft', 'draft'], ['name', 'name'], ['lang', 'lang'], ['scheme', 'scheme'],
];
/** What an attribute says when it is absent. */
const USUAL: Partial<Record<keyof Settings, string>> = { lang: 'zh', scheme: 'light' };

/** Attributes of the element beside `src`, those that say something. */
export function attributesOf(settings: Settings): readonly (readonly [string, string])[] {
  const given = ATTRIBUTES.map(([key, name]) => [name, String(settings[key]), USUAL[key] || ''] as const).filter(([, value, usual]) => value !== '' && value !== usual);
  return [...given.map(([name, value]) => [name, value] as const), ...(settings.readonly ? [['readonly', ''] as const] : [])];
}

export function snippetOf(way: Way, settings: Settings, facts: Facts | undefined): string {
  const src = way === 'disk' ? settings.src.replace(/\.wasm$/, '.js') : settings.src;
  const attributes = attributesOf(settings).map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escaped(value)}"`)).join('');
  const element = `<duibiao-check src="${escaped(src)}"${attributes}></duibiao-check>`;
  const script = (file: string): string => {
    const fact = facts === undefined ? undefined : facts.files[file];
    // A page from a disk cannot check hashes: the browser would refuse the script.
    // Pages in GB2312 read scripts in it too, unless told otherwise.
    return `<script src="${file}" charset="utf-8"${fact === undefined || way === 'disk' ? '' : ` integrity="${fact.integrity}"`} defer></script>`;
  };
  switch (way) {
    case 'script': return `${script('duibiao-check.js')}\n${element}\n`;
    case 'disk': return `${script('duibiao-check.js')}\n<script src="${escaped(src)}" charset="utf-8" defer></script>\n${element}\n`;
    case 'frame': return `<iframe data-duibiao-frame src="${escaped(`frame.html?${query(settings)}`)}" title="指标自查" width="100%" height="720" frameborder="0"></iframe>\n${script('duibiao-frame.js')}\n`;
    case 'module': return `// npm install duibiao-${facts === undefined ? 'x.y.z' : facts.version}.tgz\nimport 'duibiao/define';\n\n// ${settings.src}: node_modules/duibiao/standards/\n${element}\n`;
  }
}

export function styleOf(settings: Settings): string {
  return settings.accent === '' ? '' : `duibiao-check { --duibiao-accent: ${settings.accent}; }\n`;
}

function query(settings: Settings): string {
  return [['src', settings.src] as const, ...attributesOf(settings).filter(([name]) => name !== 'name')]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
