// The custom elements manifest (schema 2.1.0) of `<duibiao-check>`, from the comment above its class and its public types. One
// element: a parser of its own comment is smaller than the analyzer for all, which brings a TypeScript of its own along.
import { readFileSync } from 'node:fs';

/** The element, and what portals have besides. */
const SOURCES = [['../src/check/check-element.ts', 'DuibiaoCheckElement'], ['../src/portal/portal-element.ts', 'PortalCheckElement']];
const TYPES = new URL('types/element.d.ts', import.meta.url);

/** Tags of the comment, each with what follows it up to the next. */
function tagsOf(comment) {
  const text = comment.split('\n').map((line) => line.replace(/^\s*\*\s?/, '')).join('\n').trim();
  const [head, ...rest] = `\n${text}`.split(/\n(?=@)/);
  return { head: head.replace(/\s+/g, ' ').trim(), tags: rest.map((tag) => /^@(\w+)\s+([^]*)$/.exec(tag)).map(([, kind, words]) => [kind, words.replace(/\s+/g, ' ').trim()]) };
}

/** `a, b (…) - words` as names and words. */
function named(words) {
  const [names, ...description] = words.split(' - ');
  return names.split(/,\s*/).map((name) => ({ name: name.replace(/\s*\(…\)/, ''), description: description.join(' - ') }));
}

export function manifestOf() {
  const comments = SOURCES.map(([path, name]) => {
    const text = readFileSync(new URL(path, import.meta.url), 'utf8');
    return tagsOf(new RegExp(`/\\*\\*\\n((?:(?!\\*/)[^])*?)\\*/\\nexport class ${name}\\b`).exec(text)[1]);
  });
  const [{ head }] = comments;
  const tags = comments.flatMap((one) => one.tags);
  const of = (kind) => tags.filter(([one]) => one === kind).flatMap(([, words]) => named(words));
  const [, body] = /export class DuibiaoCheckElement extends HTMLElement \{\n([^]*?)\n\}/.exec(readFileSync(TYPES, 'utf8'));
  const members = [...body.matchAll(/(?:\/\*\* (.+?) \*\/\n)?\s*(static )?(readonly )?(?:(get) )?(\w+)(\([^)]*\))?: (.+);/g)].map(([, description = '', still, fixed, got, name, call, type]) => ({ description, still, fixed, name, type, parameters: got === undefined ? call : undefined })).map(({ description, still, fixed, name, parameters, type }) => ({
    kind: parameters === undefined ? 'field' : 'method',
    name,
    ...(description !== '' && { description }),
    ...(still !== undefined && { static: true }),
    ...(parameters === undefined ? { type: { text: type }, ...(fixed !== undefined && { readonly: true }) }
      : { return: { type: { text: type } }, ...(parameters !== '()' && { parameters: parameters.slice(1, -1).split(', ').map((one) => one.split(': ')).map(([parameter, text]) => ({ name: parameter, type: { text } })) }) }),
  }));
  const fields = new Map(members.map((member) => [member.name, member]));
  const attributes = of('attr').map(({ name, description }) => {
    const fieldName = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const field = fields.get(fieldName);
    return { name, description, ...(field !== undefined && { fieldName, type: field.type }) };
  });
  const events = of('fires').map(({ name, description }) => ({ name, description, type: { text: { 'duibiao-report': 'ReportEvent', 'duibiao-input': 'EntryEvent', 'duibiao-error': 'FailureEvent' }[name] } }));
  const declaration = {
    kind: 'class', name: 'DuibiaoCheckElement', customElement: true, tagName: 'duibiao-check', description: head,
    superclass: { name: 'HTMLElement' }, attributes, members, events, cssParts: of('csspart'), cssProperties: of('cssprop'),
  };
  return {
    schemaVersion: '2.1.0', readme: 'README.md',
    modules: [
      { kind: 'javascript-module', path: 'element.js', declarations: [declaration], exports: [{ kind: 'js', name: declaration.name, declaration: { name: declaration.name, module: 'element.js' } }] },
      { kind: 'javascript-module', path: 'define.js', declarations: [], exports: [{ kind: 'custom-element-definition', name: 'duibiao-check', declaration: { name: declaration.name, module: 'element.js' } }] },
    ],
  };
}
