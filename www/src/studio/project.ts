/** A standard that is being written: its name and its files, as plain values that nobody changes. */
import type { SourceFile } from '../../../src/wasm/studio.d.ts';

export interface Project {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

export function projectOf(name: string, files: readonly SourceFile[]): Project {
  // The editor knows one way to end a line.
  return { name, files: sorted(new Map(files.map(({ path, text }) => [path, text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '')]))) };
}

export function withFile(project: Project, path: string, text: string): Project {
  return { ...project, files: sorted(new Map([...project.files, [path, text]])) };
}

export function withFiles(project: Project, files: readonly SourceFile[]): Project {
  return files.reduce((before, { path, text }) => withFile(before, path, text), project);
}

export function withoutFile(project: Project, path: string): Project {
  return { ...project, files: new Map([...project.files].filter(([one]) => one !== path)) };
}

export function renamed(project: Project, from: string, to: string): Project {
  const text = project.files.get(from);
  return text === undefined ? project : withFile(withoutFile(project, from), to, text);
}

export function sources(project: Project): SourceFile[] {
  return Array.from(project.files, ([path, text]) => ({ path, text }));
}

/** A path that the compiler and every file system take. */
export function isPath(path: string): boolean {
  return path.length <= 200 && /\.rhai$/.test(path) && path.split('/').every((part) => part !== '' && !/^\.+$/.test(part) && !/[\\:*?"<>|\0]/.test(part));
}

/** As the compiler takes them: `standard.rhai` first, then by path. */
function sorted(files: Map<string, string>): Map<string, string> {
  const key = (path: string): string => (path === 'standard.rhai' ? '' : path);
  return new Map([...files].sort(([a], [b]) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)));
}
