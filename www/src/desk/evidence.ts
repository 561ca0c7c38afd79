/**
 * The ledger of evidence beside each indicator of the form: what is open, and what becomes of files.
 * A file is read once, here, for its digest; what is kept of it is its name and the digest.
 */
import { blankEvidence, evidenceOf, withEvidence, withPaper } from '../work/evidence';
import type { Evidence } from '../work/assessment';
import type { Work } from '../work/work';
import { digestOf } from './digest';
import { evidenceWords } from './wording-evidence';

/** What is known of a file that was looked at just now. */
export interface Look {
  readonly tone: 'busy' | 'same' | 'other' | 'error';
  readonly text: string;
  /** What to list instead, where it is another file. */
  readonly instead?: Pick<Evidence, 'file' | 'digest'>;
}

export class Ledger {
  /** Indicators whose evidence is shown. */
  readonly open = new Set<string>();
  readonly work: Work;
  /** By indicator and place in its list; `-1` for what was dropped. Of one draft. */
  private readonly looks = new Map<string, Look>();
  private draft: string | undefined;
  private readonly refresh: () => void;

  constructor(work: Work, refresh: () => void) {
    this.work = work;
    this.refresh = refresh;
  }

  /** Shows the evidence of the indicator in which a place is: `evidence:C-10.0.name`, `note:C-10`, `waiver:C-10.by`. */
  reveal(path: string): void {
    const found = /^(?:evidence|note|waiver):([^.]+)/.exec(path);
    if (found !== null && found[1] !== undefined) this.open.add(found[1]);
  }

  lookAt(indicator: string, n: number): Look | undefined {
    return this.draft === this.work.draft ? this.looks.get(`${indicator} ${n}`) : undefined;
  }

  toggle(indicator: string): void {
    if (!this.open.delete(indicator)) this.open.add(indicator);
    this.refresh();
  }

  change(indicator: string, n: number, key: keyof Evidence, text: string): void {
    this.work.commit(withPaper(this.work.assessment, indicator, n, { [key]: text }), `evidence:${indicator}.${n}.${key}`);
  }

  add(indicator: string, ...papers: readonly Evidence[]): void {
    const before = evidenceOf(this.work.assessment, indicator);
    this.work.commit(withEvidence(this.work.assessment, indicator, [...before, ...papers]), '');
  }

  remove(indicator: string, n: number): void {
    this.forget(indicator);
    this.work.commit(withEvidence(this.work.assessment, indicator, evidenceOf(this.work.assessment, indicator).filter((_, i) => i !== n)), '');
  }

  /** Lists a file for a document, or compares it with the one that is listed. */
  async take(indicator: string, n: number, file: File): Promise<void> {
    const words = evidenceWords(this.work.lang);
    const before = evidenceOf(this.work.assessment, indicator);
    const digest = await this.look(indicator, n, file);
    if (digest === undefined) return;
    // Meanwhile documents may have been taken out, or this one written on.
    const now = evidenceOf(this.work.assessment, indicator);
    const listed = now.findIndex((one) => one === before[n]);
    const at = listed < 0 && now.length === before.length ? n : listed;
    const paper = now[at];
    if (paper === undefined) return;
    if (paper.digest === digest) this.say(indicator, at, { tone: 'same', text: words.same(file.name) });
    else if (paper.digest === '') {
      this.use(indicator, at, { file: file.name, digest });
    } else this.say(indicator, at, { tone: 'other', text: words.other(file.name), instead: { file: file.name, digest } });
  }

  use(indicator: string, n: number, { file, digest }: Pick<Evidence, 'file' | 'digest'>): void {
    const paper = evidenceOf(this.work.assessment, indicator)[n];
    if (paper === undefined) return;
    this.looks.delete(`${indicator} ${n}`);
    this.work.commit(withPaper(this.work.assessment, indicator, n, { file, digest, ...(paper.name === '' && file !== '' ? { name: titleOf(file) } : {}) }), '');
  }

  /** Files that were dropped: those that are listed already are compared, the others listed. */
  async drop(indicator: string, files: readonly File[]): Promise<void> {
    const words = evidenceWords(this.work.lang);
    const found: string[] = [];
    for (const file of files) {
      const digest = await this.look(indicator, -1, file);
      if (digest === undefined) return;
      const known = evidenceOf(this.work.assessment, indicator).find((one) => one.digest === digest);
      if (known === undefined) this.add(indicator, { ...blankEvidence, name: titleOf(file.name), file: file.name, digest });
      else found.push(words.known(file.name, known.name || words.untitled));
    }
    if (found.length > 0) this.say(indicator, -1, { tone: 'same', text: found.join('') });
  }

  /** The digest of a file; none where it can't be read, and where another draft was opened meanwhile. */
  private async look(indicator: string, n: number, file: File): Promise<string | undefined> {
    const words = evidenceWords(this.work.lang);
    const { draft } = this.work;
    const here = (): boolean => this.work.draft === draft;
    this.say(indicator, n, { tone: 'busy', text: words.working(0) });
    try {
      const digest = await digestOf(file, (done) => { if (here()) this.say(indicator, n, { tone: 'busy', text: words.working(Math.floor(done * 100)) }); });
      if (!here()) return undefined;
      this.looks.delete(`${indicator} ${n}`);
      this.refresh();
      return digest;
    } catch {
      // A folder, or a file that has gone since.
      if (here()) this.say(indicator, n, { tone: 'error', text: words.unreadable(file.name) });
      return undefined;
    }
  }

  private say(indicator: string, n: number, look: Look): void {
    if (this.draft !== this.work.draft) this.looks.clear();
    this.draft = this.work.draft;
    this.looks.set(`${indicator} ${n}`, look);
    this.refresh();
  }

  private forget(indicator: string): void {
    Array.from(this.looks.keys()).filter((key) => key.startsWith(`${indicator} `)).forEach((key) => this.looks.delete(key));
  }
}

/** The name of a file without its ending. */
function titleOf(file: string): string {
  return file.replace(/\.[^.]{1,5}$/, '');
}
