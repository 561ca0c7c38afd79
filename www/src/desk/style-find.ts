/** How search, filters and the pasting of blocks look. */
import { css } from 'lit';

export const findStyles = css`
  .find { scroll-margin-top: calc(var(--duibiao-top, 0px) + 10px); display: flex; flex-wrap: wrap; align-items: center; margin-bottom: 10px; padding: 6px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .find > * { margin: 2px 10px 2px 0; }
  .find input { flex: 1 1 200px; min-width: 0; max-width: 320px; }
  .find select { flex: 0 1 auto; max-width: 220px; }
  .find-paste { margin-left: auto; margin-right: 0; }
  .find > .found-line { display: flex; flex: 1 0 100%; flex-wrap: wrap; align-items: center; margin-right: 0; font-size: 13px; }
  .find > .found-line.none { flex-basis: 0; margin: 0; }
  .found { margin-right: 14px; color: var(--soft); }
  .found-line .link { margin-right: 10px; }
  button.toggle[aria-pressed='true'] { border-color: var(--accent); background: var(--wash); box-shadow: inset 0 0 0 1px var(--accent); }
  .narrow .find select { flex: 1 1 140px; max-width: none; }
  .narrow .find input { flex: 1 0 100%; max-width: none; margin-right: 0; }
  @media print { .find { display: none; } }
`;

export const pasteStyles = css`
  dialog.pasting { width: 860px; max-width: calc(100vw - 24px); max-height: calc(100vh - 24px); overflow: auto; }
  .pasting textarea { display: block; width: 100%; min-height: 76px; padding: 4px 8px; border: 1px solid #8592a3; border-radius: 3px; background: var(--card); color: var(--ink); font: 13px/1.5 ui-monospace, Consolas, 'Noto Sans Mono CJK SC', monospace; white-space: pre; resize: vertical; }
  .pasting > label { display: block; margin: 8px 0 3px; font-weight: 600; }
  .paste-how { display: flex; flex-wrap: wrap; align-items: center; margin-top: 8px; }
  .paste-how .choices { display: flex; flex-wrap: wrap; }
  .paste-how > * { margin: 2px 14px 2px 0; }
  .paste-list { max-height: 46vh; margin-top: 8px; overflow: auto; border: 1px solid var(--line); }
  .paste-list table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.5; }
  .paste-list th, .paste-list td { padding: 3px 9px; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
  .paste-list thead th { position: sticky; top: 0; background: var(--sunk); color: var(--soft); white-space: nowrap; }
  .paste-list .value { text-align: right; white-space: nowrap; }
  .paste-list tr.left { color: var(--soft); }
  .paste-list tr.unknown td, .paste-list tr.ambiguous td { color: var(--partial); }
  .paste-list tr.doubtful td { background: var(--wash); }
  .paste-list td small { display: block; }
  .paste-list td .state { white-space: normal; }
  @media (max-width: 560px) {
    .paste-list th, .paste-list td { padding: 3px 5px; }
    .paste-list td.value { white-space: normal; overflow-wrap: break-word; }
  }
  .paste-how .asks { padding: 2px 8px; border-left: 3px solid var(--partial); }
  button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
  button.main[aria-disabled='true'] { background: none; color: var(--soft); }
`;
