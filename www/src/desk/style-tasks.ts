/** How the tabs beside the form look: heads, filters, ledgers that become cards on narrow screens. */
import { css } from 'lit';

export const ledger = css`
  .tab-head { display: flex; flex-wrap: wrap; align-items: baseline; margin-bottom: 8px; }
  .tab-head h2 { margin-right: 14px; font-size: 16px; font-weight: 600; }
  .sheetlike > .hint { margin-top: 8px; }
  .filters { display: flex; flex-wrap: wrap; align-items: center; margin-bottom: 8px; }
  .filters > * { margin: 3px 14px 3px 0; }
  .filters > label { margin-right: 6px; }
  .filters .set > label { margin-right: 6px; }
  .bulk .set { display: flex; flex-wrap: wrap; align-items: center; }
  .bulk .set > * { margin: 3px 6px 3px 0; }
  .filters .choices { flex-wrap: wrap; }
  .filters .choice { white-space: nowrap; }
  .filters .choice .n { margin-left: 4px; }
  textarea { display: block; width: 100%; min-height: 48px; padding: 3px 8px; border: 1px solid #8592a3; border-radius: 3px; background: var(--card); color: var(--ink); font: inherit; line-height: 1.5; resize: vertical; }
  textarea[readonly] { background: var(--sunk); border-color: var(--line); }
  button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }

  .ledger { width: 100%; border-collapse: collapse; table-layout: fixed; background: var(--card); border: 1px solid var(--line); font-size: 13px; line-height: 1.5; }
  .ledger th, .ledger td { padding: 6px 8px; border: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
  .ledger thead th { background: var(--sunk); color: var(--soft); white-space: nowrap; }
  .ledger .cell-head { display: none; }
  .ledger .col-department { width: 13%; }
  .ledger .col-person { width: 7.5%; }
  .ledger .col-due { width: 142px; }
  .ledger .col-due input { width: 100%; padding: 2px 4px; }
  .ledger .col-measure { width: 23%; }
  .ledger .col-measure small { margin-top: 4px; }
  .ledger .col-progress { width: 13%; }
  .ledger .col-closed { width: 132px; }
  .ledger .col-closed .state { white-space: normal; margin-bottom: 4px; font-weight: 600; }
  .still-open { margin: 4px 0; color: var(--partial); }
  .still-open .icon { margin-top: 3px; }
  .ledger .state.short { --of: var(--ink); }
  .row-head { display: flex; align-items: flex-start; justify-content: space-between; font-weight: 600; }
  .row-head > .tag { flex: none; margin-left: 6px; }
  .problem-text { display: block; margin-top: 2px; }
  tr.closed .problem-text, tr.ready .problem-text { color: var(--soft); }
  @media print {
    .sheetlike > .filters { display: none; }
    .ledger input.unset { visibility: hidden; }
    .ledger textarea, .ledger input { min-height: 0; padding: 0; border: 0; background: none; }
  }
  @supports (field-sizing: content) { .ledger textarea { field-sizing: content; resize: none; } }

  @media (max-width: 860px) {
    .ledger thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }
    .ledger, .ledger tbody, .ledger tr, .ledger th, .ledger td { display: block; }
    .ledger { border: 0; background: none; }
    .ledger tr { margin-bottom: 10px; padding: 4px 0 8px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); }
    .ledger tbody th, .ledger td { width: auto !important; border: 0; padding: 3px 12px; }
    .ledger td { display: flex; align-items: flex-start; }
    .ledger .cell-head { display: block; flex: none; width: 5em; padding-top: 4px; color: var(--soft); }
    [lang='en'] .ledger .cell-head { width: 7em; }
    .ledger .cell-body { flex: 1 1 auto; min-width: 0; }
    .ledger .col-due input { width: auto; }
  }
`;
