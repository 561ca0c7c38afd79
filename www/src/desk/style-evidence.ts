/** How evidence, notes and waivers look, inside the form. */
import { css } from 'lit';

export const evidenceStyles = css`
  .evidence { border-left-color: var(--line); }
  .papers { margin: 6px 0; border-top: 1px solid var(--line); }
  .paper { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 3fr) minmax(0, 2fr) minmax(0, 2fr); grid-gap: 2px 10px; padding: 6px 0 7px; border-bottom: 1px solid var(--line); }
  .paper label, .waiver label { display: block; color: var(--soft); font-size: 12.5px; line-height: 1.4; }
  .paper-file { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: center; margin-top: 3px; }
  .paper-file > * { margin-right: 10px; }
  .paper-file .icon { color: var(--met); }
  .paper-digest { grid-column: 1 / -1; color: var(--soft); font-size: 12.5px; }
  .paper-digest summary { min-height: 24px; cursor: pointer; }
  .paper-digest code { display: block; font: 12px/1.5 ui-monospace, Consolas, monospace; }
  .looked { grid-column: 1 / -1; }
  .looked .state { white-space: normal; align-items: flex-start; margin-right: 8px; }
  .looked .icon { margin-top: 3px; }
  .evidence-add { display: flex; flex-wrap: wrap; align-items: center; margin-top: 6px; }
  .evidence-add > button { margin-right: 10px; }
  .evidence-note { margin-top: 10px; }
  .evidence-note > label { font-weight: 600; }
  .evidence textarea { display: block; width: 100%; max-width: 760px; padding: 3px 8px; border: 1px solid #8592a3; border-radius: 3px; background: var(--card); color: var(--ink); font: inherit; line-height: 1.5; resize: vertical; }
  .evidence textarea[readonly] { background: var(--sunk); border-color: var(--line); }
  .waiver { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 3fr) 160px auto; grid-gap: 2px 10px; align-items: end; margin-top: 8px; }
  .waiver legend { font-weight: 600; }
  .narrow .paper, .narrow .waiver { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .narrow .paper-name, .narrow .waiver-reason { grid-column: 1 / -1; }
  @media print { .evidence-add { display: none; } }
`;
