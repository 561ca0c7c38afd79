/**
 * Standards on the author's computer: a folder or a zip, in and out. Folders are written where the browser
 * has the File System Access API; reading one works everywhere.
 */
import { strToU8, unzip, zipSync } from 'fflate';
import type { SourceFile } from '../../../src/wasm/studio.d.ts';
import { projectOf, type Project } from './project';
import { words as ui } from './wording';

const MOST_FILES = 2000;
const MOST_BYTES = 4 << 20;

interface Entries extends FileSystemDirectoryHandle { values(): AsyncIterableIterator<FileSystemDirectoryHandle | FileSystemFileHandle> }
interface Pickers { showDirectoryPicker?: (options: { id: string; mode: 'read' | 'readwrite' }) => Promise<Entries> }

export const canWriteFolders = (): boolean => typeof (window as Pickers).showDirectoryPicker === 'function';

/** Asks for a folder to read; undefined where the author turned away. */
export async function pickFolder(): Promise<Project | undefined> {
  const folder = await ask('read');
  if (folder === undefined) return undefined;
  const found: [string, Blob][] = [];
  await walk(folder, '', found);
  return gather(folder.name, found);
}

/** Writes every file into a folder that the author chooses; undefined where they turned away. */
export async function writeFolder({ files }: Project): Promise<string | undefined> {
  const folder = await ask('readwrite');
  if (folder === undefined) return undefined;
  for (const [path, text] of files) {
    const parts = path.split('/');
    const name = parts.pop() || path;
    let place: FileSystemDirectoryHandle = folder;
    for (const part of parts) place = await place.getDirectoryHandle(part, { create: true });
    const writing = await (await place.getFileHandle(name, { create: true })).createWritable();
    await writing.write(text);
    await writing.close();
  }
  return folder.name;
}

async function ask(mode: 'read' | 'readwrite'): Promise<Entries | undefined> {
  const pick = (window as Pickers).showDirectoryPicker;
  if (pick === undefined) return undefined;
  try {
    return await pick.call(window, { id: 'duibiao-standard', mode });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

async function walk(folder: Entries, before: string, found: [string, Blob][]): Promise<void> {
  for await (const item of folder.values()) {
    if (item.name.startsWith('.') || item.name === 'node_modules') continue;
    const path = `${before}${item.name}`;
    if (item.kind === 'directory') await walk(item as Entries, `${path}/`, found);
    else if (item.name.endsWith('.rhai')) found.push([path, await (item as FileSystemFileHandle).getFile()]);
    if (found.length > MOST_FILES) throw new Error(ui.tooMuch);
  }
}

/** Files that an `<input webkitdirectory>` gave. */
export function readFileList(list: readonly File[]): Promise<Project> {
  const all = list.filter((file) => file.name.endsWith('.rhai'));
  return gather('', all.map((file): [string, Blob] => [file.webkitRelativePath || file.name, file]));
}

export async function readZip(file: File): Promise<Project> {
  const bytes = new Uint8Array(await new Response(file).arrayBuffer());
  const parts = await new Promise<Record<string, Uint8Array>>((done, fail) => {
    unzip(bytes, { filter: ({ name, originalSize }) => name.endsWith('.rhai') && !name.startsWith('__MACOSX') && originalSize <= MOST_BYTES }, (error, found) => { if (error === null) done(found); else fail(new Error(ui.notZip)); });
  });
  const files = Object.entries(parts).map(([path, part]) => ({ path, text: decode(path, part) }));
  return rooted(file.name.replace(/\.zip$/i, ''), files);
}

export function writeZip({ name, files }: Project): Uint8Array {
  const parts: Record<string, Uint8Array> = {};
  for (const [path, text] of files) parts[`${name}/${path}`] = strToU8(text);
  return zipSync(parts, { level: 9 });
}

async function gather(name: string, found: readonly [string, Blob][]): Promise<Project> {
  if (found.length > MOST_FILES || found.some(([, blob]) => blob.size > MOST_BYTES)) throw new Error(ui.tooMuch);
  const files = await Promise.all(found.map(async ([path, blob]) => ({ path, text: decode(path, new Uint8Array(await new Response(blob).arrayBuffer())) })));
  return rooted(name, files);
}

/** The standard begins where `standard.rhai` lies; the folder there gives its name. */
function rooted(name: string, files: readonly SourceFile[]): Project {
  if (files.length === 0) throw new Error(ui.noRules);
  if (files.length > MOST_FILES) throw new Error(ui.tooMuch);
  const heads = files.map(({ path }) => path).filter((path) => /(^|\/)standard\.rhai$/.test(path)).sort((a, b) => a.length - b.length);
  const first = (files[0] || { path: '' }).path;
  const common = name === '' && first.includes('/') && files.every(({ path }) => path.startsWith(first.slice(0, first.indexOf('/') + 1))) ? first.slice(0, first.indexOf('/') + 1) : '';
  const root = heads[0] === undefined ? common : heads[0].slice(0, -'standard.rhai'.length);
  const inside = files.filter(({ path }) => path.startsWith(root)).map(({ path, text }) => ({ path: path.slice(root.length), text }));
  const own = root.split('/').filter((part) => part !== '').pop();
  return projectOf(own || name || 'standard', inside);
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(ui.notText(path));
  }
}

