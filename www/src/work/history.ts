/**
 * Undo and redo over the whole entry: states are plain values that nobody changes.
 * Keystrokes in one place that follow each other make one step.
 */
const STEPS = 500;
const PAUSE_MS = 1500;

interface Step<T> { readonly state: T; readonly place: string; readonly at: number; readonly what: string }

/** Where a step changed something; `what` it did, where it changed several things at once. */
export interface Stepped { readonly place: string; readonly what: string }

export class History<T> {
  private past: Step<T>[] = [];
  private future: Step<T>[] = [];
  private now: Step<T>;

  constructor(state: T) {
    this.now = { state, place: '', at: 0, what: '' };
  }

  get state(): T { return this.now.state; }
  get canUndo(): boolean { return this.past.length > 0; }
  get canRedo(): boolean { return this.future.length > 0; }

  /** Records a state. `place` names where it was changed; the same place again soon after joins the step. */
  push(state: T, place: string, at: number, what = ''): void {
    const joins = place !== '' && place === this.now.place && at - this.now.at < PAUSE_MS && this.future.length === 0;
    if (!joins) {
      this.past.push(this.now);
      if (this.past.length > STEPS) this.past.shift();
    }
    this.now = { state, place, at, what };
    this.future = [];
  }

  /** Steps back; answers what was taken back. */
  undo(): Stepped | undefined {
    const step = this.past.pop();
    if (step === undefined) return undefined;
    const { place, what } = this.now;
    this.future.push(this.now);
    // A step that was come back to is finished: typing on starts a new one.
    this.now = { ...step, at: 0 };
    return { place, what };
  }

  /** Steps forward again; answers what came back. */
  redo(): Stepped | undefined {
    const step = this.future.pop();
    if (step === undefined) return undefined;
    this.past.push(this.now);
    this.now = { ...step, at: 0 };
    return step;
  }
}
