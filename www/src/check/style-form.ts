/** How the form looks: chapters, groups, fields, verdicts and explanations; and all of it on narrow screens and paper. */
import { css } from 'lit';

export const sheet = css`
  .chapter { margin-bottom: 10px; }
  .chapter-body { padding-top: 8px; }
  .chapter-head { display: flex; flex-wrap: wrap; align-items: center; width: 100%; min-height: 44px; padding: 8px 16px 8px 36px; position: relative; color: var(--ink); text-align: left; }
  .chapter-head::before { content: ''; position: absolute; left: 16px; top: 17px; width: 7px; height: 7px; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); }
  .chapter-head[aria-expanded='true']::before { top: 15px; transform: rotate(45deg); }
  .chapter-title { margin-right: 10px; font-size: 16px; font-weight: 600; }
  .chapter-sum { display: inline-flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; margin-left: auto; font-size: 13px; }
  .chapter-sum > .state { margin-left: 12px; }
  .chapter-sum .word { margin-right: 4px; }
  .chapter-points { min-width: 7.5em; margin-left: 12px; color: var(--soft); text-align: right; }
  .clause { font-size: 13px; font-weight: 400; color: var(--soft); }
  .group > .skip:focus { position: absolute; left: auto; right: 8px; top: 4px; margin: 0; }
  .group { position: relative; margin-bottom: 16px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .group > h3 { padding: 7px 16px; border-bottom: 1px solid var(--line); border-left: 4px solid var(--accent); background: var(--sunk); border-radius: 3px 3px 0 0; font-weight: 600; font-size: 15px; }
  .wide .pair, .medium .pair { display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 10fr); }
  .fields { padding: 6px 16px 10px; }
  .wide .fields.single, .medium .fields.single { max-width: 640px; border-right: 0; }
  .wide .fields, .medium .fields { border-right: 1px solid var(--rule); }
  .field { padding: 3px 0; }
  .field:not(.list) { display: grid; grid-template-columns: minmax(0, 1fr) 218px; grid-column-gap: 10px; align-items: center; }
  .narrow .field:not(.list) { grid-template-columns: minmax(0, 1fr) minmax(0, 190px); }
  .field > .notes { grid-column: 1 / 3; }
  .label { display: block; line-height: 1.45; }
  .control { display: flex; align-items: center; min-height: 30px; }
  .unit { margin-left: 6px; color: var(--soft); font-size: 13px; line-height: 1.3; }
  .choices { display: inline-flex; }
  .choice { display: inline-flex; align-items: center; min-height: 28px; margin-right: 18px; cursor: pointer; }
  .notes { position: relative; line-height: 1.45; }
  .field.bad, .key.bad { background: var(--unmet-wash); box-shadow: -8px 0 0 var(--unmet-wash), 8px 0 0 var(--unmet-wash); }
  .field.doubtful, .key.doubtful { background: var(--partial-wash); box-shadow: -8px 0 0 var(--partial-wash), 8px 0 0 var(--partial-wash); }
  .pin { display: inline-flex; align-items: center; margin-left: 4px; color: var(--pending); font-size: 12.5px; }
  .list > .label { padding-bottom: 3px; }
  .keys { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); grid-gap: 4px 14px; }
  .key { display: grid; grid-template-columns: 4.2em minmax(0, 1fr); align-items: center; }
  .key > .notes { grid-column: 1 / 3; }
  .key input.figure { width: 100%; }

  .verdicts { padding: 0; }
  .wide .verdicts, .medium .verdicts { position: sticky; top: calc(var(--duibiao-top, 0px) + var(--toast, 0px) + 8px); align-self: start; }
  .medium .verdicts { top: calc(var(--duibiao-top, 0px) + var(--toast, 0px) + 48px); }
  .verdict { padding: 8px 16px 7px; border-bottom: 1px solid var(--rule); }
  .verdict:last-child { border-bottom: 0; }
  .verdict-head { display: flex; align-items: flex-start; justify-content: space-between; }
  .verdict-head h4 { flex: 1 1 auto; min-width: 0; margin-right: 10px; font-weight: 600; line-height: 1.5; }
  .verdict-head .tag { flex: none; }
  .brief { line-height: 1.55; }
  .brief .link { min-height: 24px; margin: 0 -2px; }
  .verdict-foot { display: flex; flex-wrap: wrap; align-items: center; color: var(--soft); font-size: 13px; }
  .verdict-foot > * { margin-right: 14px; }
  .aside { margin-top: 4px; }
  .aside .row { display: flex; }
  .aside .row > button { flex: none; margin-left: 6px; }

  .why { padding: 12px 16px 14px; border-top: 1px solid var(--line); border-left: 4px solid var(--of); background: var(--sunk); }
  .why-head { display: flex; justify-content: space-between; align-items: baseline; }
  .why-head h4 { font-weight: 600; }
  .why-head > button { flex: none; margin-left: 10px; }
  .why-head .code { white-space: nowrap; }
  .text { margin: 4px 0 10px; max-width: 62em; white-space: pre-line; }
  .fixes { margin: 0 0 10px; padding: 8px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 3px; }
  .fixes h5 { font-weight: 600; }
  .fixes li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; padding: 3px 0; }
  .fixes li + li { border-top: 1px dotted var(--line); }
  .fixes button { margin-left: auto; }
  .was { color: var(--soft); }
  .advice { margin-bottom: 10px; }
  .advice li { position: relative; padding-left: 1.1em; }
  .advice li::before { content: '·'; position: absolute; left: .35em; }
  .reason { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); font-size: 13px; line-height: 1.5; }
  .reason th, .reason td { padding: 5px 9px; border: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
  .wide .reason td:nth-child(3), .wide .reason td:nth-child(4) { white-space: nowrap; }
  .reason thead th { background: var(--ground); color: var(--soft); white-space: nowrap; }
  .reason tr.head th { background: var(--ground); font-weight: 600; }
  .reason .count { margin-left: 8px; color: var(--soft); font-weight: 400; }
  .reason tbody th { min-width: 12em; }
  .reason .state { margin-right: 4px; font-weight: 600; }
  .reason .d1 > th:first-child { padding-left: 24px; }
  .reason .d2 > th:first-child { padding-left: 42px; }
  .reason .d3 > th:first-child { padding-left: 60px; }
  .reason .d4 > th:first-child { padding-left: 78px; }
  .mark { white-space: nowrap; color: var(--soft); font-size: 12px; border: 1px solid var(--line); border-radius: 2px; padding: 0 4px; }
  .reason .rest summary { min-height: 24px; cursor: pointer; }
  .reason .rest li { padding-left: 20px; }
  .cell-head { display: none; }
  .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); grid-gap: 2px 24px; margin-top: 10px; font-size: 13px; }
  .facts > div { display: flex; }
  .facts > .long { grid-column: 1 / -1; }
  .facts dt { flex: none; width: 6em; color: var(--soft); }
  [lang='en'] .facts dt { width: 9em; }

  .narrow .reason thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }
  .narrow .reason, .narrow .reason tbody, .narrow .reason tr, .narrow .reason th, .narrow .reason td { display: block; }
  .narrow .reason tr { border-bottom: 1px solid var(--line); padding: 4px 0; }
  .narrow .reason th, .narrow .reason td { border: 0; padding: 2px 10px; }
  .narrow .reason tr.head { background: var(--ground); }
  .narrow .reason td { display: flex; }
  .narrow .cell-body { flex: 1 1 auto; min-width: 0; }
  .narrow .cell-head { display: inline; flex: none; width: 3.5em; color: var(--soft); }
  .narrow .reason .d1 > th:first-child, .narrow .reason .d2 > th:first-child, .narrow .reason .d3 > th:first-child, .narrow .reason .d4 > th:first-child { padding-left: 10px; }
  .narrow .reason .d1 { border-left: 3px solid var(--line); }
  .narrow .reason .d2 { border-left: 9px solid var(--line); }
  .narrow .reason .d3, .narrow .reason .d4 { border-left: 15px solid var(--line); }
  .narrow .verdicts { border-top: 1px solid var(--line); background: var(--sunk); }
  .narrow .fields, .narrow .verdict, .narrow .why { padding-left: 12px; padding-right: 12px; }
  .narrow .group > h3 { padding-left: 10px; }
  .narrow .field:not(.list) .control .figure { flex: 1 1 auto; min-width: 0; }
  .narrow .verdict .why { margin: 8px -12px -7px; border-bottom: 0; background: var(--card); }
  .narrow .keys { grid-template-columns: 1fr; }
  .narrow .key input.figure { width: 60%; max-width: 240px; }
  .narrow .facts { grid-template-columns: 1fr; }
  .waiting .word, .narrow .bar-counts .word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0); }
  .narrow .kept { margin-left: 0; }

  @media (prefers-reduced-motion: no-preference) { .gauge rect { transition: width .2s, x .2s; } }
  @media (forced-colors: active) {
    .tag, .mark { border-color: currentColor; }
    .icon .cut, .tag .cut { stroke: Canvas; }
    .gauge .sure { fill: Highlight; }
    .gauge .open { fill: GrayText; opacity: 1; }
    .gauge .track { fill: Canvas; }
  }
  @media print {
    .tools, .bar, .skip, .chapters, .start, .notices, .side-foot.side-foot, button:not(.chapter-head):not(.item):not(.says) { display: none; }
    /* What leads somewhere on the screen is text on paper. */
    .says.says, .item { min-height: 0; color: inherit; text-decoration: none; }
    .says.says { padding: 0; margin: 0; }
    .wide .layout { display: block; }
    .wide .side { position: static; max-height: none; }
    .wide .verdicts, .medium .verdicts { position: static; }
    select { border: 0; padding: 0; appearance: none; background: none; }
    .group > h3, .chapter h2 { break-after: avoid; }
    .field, .verdict, .fixes li, .reason tr { break-inside: avoid; }
  }
`;
