/** The data sheet: a blank CSV with a row for each value that staff enter, as `duibiao check` and spreadsheets read it. */
import type { Standard } from '../../../src/wasm.d.ts';
import { words as ui } from './wording';

export function writeSheet({ fields }: Standard): string {
  const count = new Map<string, number>();
  for (const { label } of fields) count.set(label, (count.get(label) || 0) + 1);
  const rows = fields.flatMap((field) => {
    // A label that two fields share would name neither.
    const name = count.get(field.label) === 1 && !field.label.includes('.') ? field.label : field.id;
    return field.keys.length === 0 ? [name] : field.keys.map((key) => `${name}.${key}`);
  });
  // Spreadsheets take UTF-8 for what it is only after a byte order mark.
  return `\uFEFF${[ui.sheetHead.map(cell).join(','), ...rows.map((name) => `${cell(name)},`)].join('\r\n')}\r\n`;
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
