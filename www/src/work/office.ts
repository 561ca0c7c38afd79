/**
 * Spreadsheets, in and out: the office module, fetched when it is first needed. What is read or written is said by
 * `office.d.ts`; how it is shown is the page's.
 */
import init, { __wbg_reset_state, compare, read, recheck, write_form, write_tables } from 'duibiao-office';
import address from 'duibiao-office/address?url';
import { bytesAt } from './brought';
import type { Entry, Lang, Report } from '../../../src/wasm.d.ts';
import type { Flip, FormOptions, OfficeDocument, OfficeError, Papers, Recheck, ReportComparison, RuleChange, SheetRead } from '../../../src/wasm/office.d.ts';

/** The type of the workbooks that are written. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The most bytes of a file that is read at all; the module says the same. */
const MOST_BYTES = 24 * 1024 * 1024;

/** Why nothing could be written or read. `unreachable` and `refused`: the module itself could not be had. */
export class OfficeFailure extends Error {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  constructor(code: string, zh: string, en: string) {
    super(`${zh} (${en})`);
    this.name = 'OfficeFailure';
    this.code = code;
    this.zh = zh;
    this.en = en;
  }
}

/** Whatever was thrown, as a failure that both languages can tell. */
export function failureOf(error: unknown): OfficeFailure {
  return error instanceof OfficeFailure ? error : new OfficeFailure('damaged', `没能读入（${String(error)}）`, `could not be read (${String(error)})`);
}

let started: Promise<unknown> | undefined;

/** The workbook to fill in: for all, or for one department; with a report, judged; with evidence and notes. */
export function writeForm(rulebook: Uint8Array, data: Entry & Partial<Papers>, options: FormOptions): Promise<Uint8Array> {
  return ask(() => write_form(rulebook, data, options));
}

/** What a file holds: `.xlsx`, `.xls`, `.ods`, `.csv`. */
export async function readSheet(rulebook: Uint8Array, file: File): Promise<SheetRead> {
  if (file.size > MOST_BYTES) {
    throw new OfficeFailure('too-large', '文件超过 24 MB，不读。请确认是否选错了文件。', 'the file is larger than 24 MB: is it the right one?');
  }
  const bytes = new Uint8Array(await new Response(file).arrayBuffer());
  return ask(() => read(rulebook, file.name, bytes));
}

/** Lists to hand upward. */
export function writeTables(document: OfficeDocument): Promise<Uint8Array> {
  return ask(() => write_tables(document));
}

/** A comparison with what changed in the rules said in one language. */
export interface Compared extends Omit<ReportComparison, 'rules' | 'turned'> {
  readonly rules: readonly Said[];
  readonly turned: readonly (Omit<Flip, 'rules'> & { readonly rules: readonly Said[] })[];
}
export interface Said extends Omit<RuleChange, 'what'> { readonly what: string }

/**
 * Why the score moved from one report to another. `rulebooks`: the standards that are at hand; with those of both
 * reports among them, the causes are tried out.
 */
export async function compareReports(before: Report, after: Report, lang: Lang, rulebooks: readonly Uint8Array[] = []): Promise<Compared> {
  const found = await ask(() => compare(before, after, rulebooks));
  const say = (rules: readonly RuleChange[]): readonly Said[] => rules.map((rule) => ({ ...rule, what: rule.what[lang] }));
  return { ...found, rules: say(found.rules), turned: found.turned.map((flip) => ({ ...flip, rules: say(flip.rules) })) };
}

/** Whether a report, as its file has it, holds: made again from its own data by a rulebook. */
export function recheckReport(report: string, rulebook: Uint8Array): Promise<Recheck> {
  return ask(() => recheck(report, rulebook));
}

/** Whether a file is one for `readSheet`, by its name. */
export function isSheet(name: string): boolean {
  return /\.(xlsx|xlsm|xls|et|ods|csv|tsv)$/i.test(name);
}

/** Fetches the module and starts it, once. */
export async function loadOffice(): Promise<void> {
  await start();
}

async function ask<T>(work: () => T): Promise<T> {
  await start();
  try {
    return work();
  } catch (error) {
    const [problem] = (error as Partial<OfficeError>).problems || [];
    if (problem !== undefined) throw new OfficeFailure(problem.code, problem.text_zh, problem.text_en);
    // The module broke: its memory is not to be trusted any more, the next file gets a new instance.
    __wbg_reset_state();
    throw new OfficeFailure(
      'damaged',
      '文件已损坏，或大得读不下。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。',
      'the file is damaged or too large: open it in Excel or WPS, save it as .xlsx, then try again',
    );
  }
}

async function start(): Promise<void> {
  started = started || bytes().then(compile).then((module) => init({ module_or_path: module }));
  try {
    await started;
  } catch (error) {
    // Somebody may try again, for instance when the line is back.
    started = undefined;
    throw error;
  }
}

async function bytes(): Promise<ArrayBuffer> {
  try {
    return await bytesAt(new URL(address, document.baseURI).href);
  } catch (error) {
    const word = String(error instanceof Error ? error.message : error);
    throw new OfficeFailure('unreachable', `读写表格的模块没能取到（${word}），请稍后再试。`, `the module for spreadsheets could not be fetched (${word}); please try again`);
  }
}

async function compile(source: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(source);
  } catch (error) {
    const word = error instanceof Error ? error.message : String(error);
    throw new OfficeFailure('refused', `读写表格的模块没能启动（${word}）。`, `the module for spreadsheets could not be started (${word})`);
  }
}
