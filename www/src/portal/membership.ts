/**
 * Membership in the host's form: the element's value goes along when the form is submitted, it is reset and disabled with the
 * form, and it can keep the form from being submitted. Through `ElementInternals` (Chromium 77); where that is missing
 * (WebKit before 16.4), by a hidden input beside the shadow root, which submits but cannot hold back.
 */
import type { Value } from './value';

/** Why a form that asks for it may not go. */
export interface Lack {
  readonly flags: ValidityStateFlags;
  readonly message: string;
  /** Where to lead the user. */
  readonly place: HTMLElement | undefined;
}

export class Membership {
  private readonly host: HTMLElement;
  private readonly internals: ElementInternals | undefined;
  private input: HTMLInputElement | undefined;
  private text: string | null = null;
  private state: string | null = null;

  constructor(host: HTMLElement) {
    this.host = host;
    this.internals = 'attachInternals' in host && 'ElementInternals' in window && 'setFormValue' in ElementInternals.prototype ? host.attachInternals() : undefined;
  }

  get form(): HTMLFormElement | null {
    return this.internals === undefined ? this.host.closest('form') : this.internals.form;
  }

  get validity(): ValidityState | undefined { return this.internals === undefined ? undefined : this.internals.validity; }
  get validationMessage(): string { return this.internals === undefined ? '' : this.internals.validationMessage; }
  checkValidity(): boolean { return this.internals === undefined || this.internals.checkValidity(); }
  reportValidity(): boolean { return this.internals === undefined || this.internals.reportValidity(); }

  /** Takes the value that goes along, none without a name, as with every control; and what the browser is to bring back. */
  take(name: string, worth: () => Value | null, state: () => string | null): void {
    const value = name === '' ? null : worth();
    const text = value === null ? null : JSON.stringify(value);
    if (this.internals !== undefined) {
      const now = state();
      if (text !== this.text || now !== this.state) this.internals.setFormValue(text, now);
      this.state = now;
    } else this.lay(name, text);
    this.text = text;
  }

  hold(lack: Lack | undefined): void {
    if (this.internals === undefined) return;
    if (lack === undefined) this.internals.setValidity({});
    else this.internals.setValidity(lack.flags, lack.message, lack.place);
  }

  private lay(name: string, text: string | null): void {
    if (text === null || name === '') {
      if (this.input !== undefined) this.input.remove();
      this.input = undefined;
      return;
    }
    if (this.input === undefined) {
      this.input = document.createElement('input');
      this.input.type = 'hidden';
      this.host.append(this.input);
    }
    this.input.name = name;
    this.input.value = text;
  }
}
