/** Units to choose from: a bureau with all its parts, or one of them, which is set in below it. */
import { html, type TemplateResult } from 'lit';
import type { Unit } from '../work/rectification';

export function unitOptions(units: readonly Unit[], chosen: string): readonly TemplateResult[] {
  return units.map(({ name, part }) => html`<option value=${name} ?selected=${name === chosen}>${part ? '\u3000' : ''}${name}</option>`);
}
