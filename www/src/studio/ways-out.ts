/** The ways out of the studio: the rules as files, and what is made of them. Each answers with a word to the author. */
import { save } from '../work/file';
import type { Compiler } from './compiler';
import { writeFolder, writeZip } from './folder';
import type { Project } from './project';
import { writeSheet } from './sheet';
import type { Standing } from './standing';
import { failing, type Notice } from './view';
import { words as ui } from './wording';

/** A file of its own; the author is told its name, as the browser may say nothing. */
function saved(...[name, content, type]: Parameters<typeof save>): Notice {
  save(name, content, type);
  return { tone: 'info', text: ui.downloaded(name) };
}

const blocked: Notice = { tone: 'error', text: ui.exportBlocked };

/** The checker module with the standard inside: the same bytes that `duibiao build` writes. */
export async function exportModule({ current, rulebook, opened, examples }: Standing, compiler: Compiler, checker: Promise<ArrayBuffer>): Promise<Notice> {
  if (!current || rulebook === undefined || opened === undefined) return blocked;
  const module = await compiler.build(new Uint8Array(await checker), rulebook);
  const name = `${opened.standard.id}.wasm`;
  save(name, module as Uint8Array<ArrayBuffer>, 'application/wasm');
  const failed = failing(examples.verdicts);
  return { tone: 'info', text: `${ui.exported(name, module.length)}${failed > 0 && !examples.stale ? ui.examplesFail(failed) : ''}` };
}

/** A page to read and print. */
export async function exportDocument({ current, opened }: Standing, compiler: Compiler): Promise<Notice> {
  if (!current || opened === undefined) return blocked;
  return saved(`${opened.standard.id}.html`, await compiler.text({ do: 'document' }), 'text/html');
}

/** The blank data sheet. */
export async function exportSheet({ current, opened }: Standing): Promise<Notice> {
  if (!current || opened === undefined) return blocked;
  return saved(`${opened.standard.id}.csv`, writeSheet(opened.standard), 'text/csv');
}

export async function saveZip(project: Project): Promise<Notice> {
  return saved(`${project.name}.zip`, writeZip(project) as Uint8Array<ArrayBuffer>, 'application/zip');
}

export async function saveFolder(project: Project): Promise<Notice | undefined> {
  const name = await writeFolder(project);
  return name === undefined ? undefined : { tone: 'info', text: ui.savedFolder(name, project.files.size) };
}
