/** How the tab Excel 往来 looks. */
import { css } from 'lit';

export const exchange = css`
  .card { margin-bottom: 14px; padding: 12px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .card h3, .card h4 { font-weight: 600; font-size: 15px; }
  .card h4 { margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--rule); font-size: 14px; }
  .card .filters { margin: 6px 0 0; }
  .card select { max-width: 100%; }
  input[type='checkbox'] { width: 16px; height: 16px; margin: 0 6px 0 0; vertical-align: -3px; }
  button.drop { display: block; width: 100%; min-height: 92px; margin: 8px 0 4px; border: 2px dashed var(--line); background: var(--sunk); font-size: 15px; }
  button.drop:hover, button.drop.over { border-color: var(--accent); background: var(--wash); }
  .busy:empty { display: none; }
  .busy { display: flex; align-items: center; flex-wrap: wrap; margin-top: 8px; }
  .busy progress { width: 120px; margin-right: 10px; }
  .read-file { padding: 7px 0; border-bottom: 1px solid var(--rule); }
  .read-head { display: flex; align-items: baseline; flex-wrap: wrap; }
  .read-head .icon { margin-right: 6px; }
  .read-name { margin-right: 10px; }
  .read-head > .link { margin-left: auto; }
  .cells { margin: 2px 0 0 21px; font-size: 13px; }
  .cells li { padding: 1px 0; }
  .cells .state { margin-right: 8px; font-weight: 600; }
  .read-file > .problem { margin-left: 21px; }
  .read-file details { margin-left: 21px; font-size: 13px; }
  .read-file summary { min-height: 26px; cursor: pointer; color: var(--accent); }
  .read-file details .cells { margin-left: 0; }
  .spot { margin-right: 8px; padding: 0 6px; border: 1px solid var(--line); border-radius: 3px; background: var(--sunk); white-space: nowrap; }
  .all-from { display: flex; flex-wrap: wrap; }
  .all-from > button { margin: 4px 8px 2px 0; }
  .conflict { margin-top: 8px; padding: 6px 12px 8px; border: 1px solid var(--line); border-left: 4px solid var(--met); border-radius: 4px; }
  .conflict.open { border-left-color: var(--partial); }
  .conflict legend { float: left; width: 100%; margin-bottom: 2px; font-weight: 600; }
  .conflict .choice { display: flex; align-items: baseline; clear: both; padding: 3px 0; cursor: pointer; }
  .conflict .choice input { flex: none; align-self: center; }
  .conflict .choice b { flex: none; min-width: 7em; max-width: 60%; margin-right: 12px; }
  .way-in { display: flex; align-items: center; flex-wrap: wrap; margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--rule); }
  .way-in > [role='status'] { margin: 3px 16px 3px 0; }
  .tables + * { margin-top: 0; }
`;
