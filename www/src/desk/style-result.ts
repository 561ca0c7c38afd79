/** How the tab 结果分析 looks. */
import { css } from 'lit';

export const result = css`
  .tab-title { margin-bottom: 8px; font-size: 16px; font-weight: 600; }
  .cards { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-gap: 14px; align-items: start; }
  .card { margin-bottom: 14px; padding: 10px 16px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .cards .card { margin-bottom: 14px; }
  .card > h3 { margin-bottom: 6px; font-size: 15px; font-weight: 600; scroll-margin-top: 12px; }
  .span, .rate, .timeline { display: block; width: 100%; }
  .span { height: 16px; margin: 4px 0 6px; }
  .span .track, .lost { fill: var(--ground); stroke: var(--line); stroke-width: .3; vector-effect: non-scaling-stroke; }
  .span .sure, .rate .sure, .timeline .sure { fill: var(--accent); }
  .span .open, .rate .open { fill: var(--accent); opacity: .28; }
  .rate .stripe { fill: var(--accent); opacity: .7; }
  .span .line, .timeline .line { fill: var(--unmet); }
  .ranked .item { padding-left: 0; }
  .rank { flex: none; width: 1.8em; color: var(--soft); }
  .fix-first .fix-rank { width: 46px; }
  .fix-first .fix-indicator { width: 24%; }
  .fix-first .fix-gain { width: 104px; }
  .fix-first .fix-act { width: 132px; }
  .card .clump > summary { min-height: 32px; color: var(--accent); }
  .legend > span { margin-right: 18px; font-size: 13px; }
  .legend > span::before { content: ''; display: inline-block; width: 18px; height: 10px; margin-right: 5px; border: 1px solid var(--line); }
  .legend .key-sure::before { background: var(--accent); }
  .legend .key-open::before { background: repeating-linear-gradient(90deg, var(--accent) 0 2px, var(--wash) 2px 5px); }
  .legend .key-lost::before { background: var(--ground); }
  .bars { width: 100%; border-collapse: collapse; font-size: 13.5px; }
  .bars th, .bars td { padding: 4px 8px; border-bottom: 1px solid var(--rule); text-align: right; font-weight: 400; white-space: nowrap; }
  .bars thead th { color: var(--soft); }
  .bars th:first-child { text-align: left; white-space: normal; }
  .bars .bars-rate { width: 44%; text-align: left; white-space: normal; }
  .bars .rate { display: inline-block; width: calc(100% - 112px); min-width: 60px; height: 14px; margin-right: 8px; vertical-align: -2px; }
  .bars tr.sum th, .bars tr.sum td { font-weight: 600; }
  .sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; grid-gap: 8px 20px; align-items: start; margin: 6px 0 10px; }
  .side { padding: 6px 12px 8px; border: 1px solid var(--line); border-left: 3px solid var(--accent); border-radius: 4px; }
  .side-from { display: flex; align-items: center; flex-wrap: wrap; margin: -2px -8px 2px 0; }
  .side-from > * { margin: 2px 8px 2px 0; }
  .side-from select { flex: 1 1 150px; min-width: 0; max-width: 100%; }
  .side li { font-size: 13px; }
  .bars.compare { max-width: 760px; margin-bottom: 10px; }
  .still { color: var(--soft); }
  .part-said { display: inline-block; }
  .all-differences { columns: 2; column-gap: 28px; margin: 2px 0 8px; font-size: 13px; }
  .all-differences li { break-inside: avoid; padding: 1px 0; }
  .moved-in[open] { margin-bottom: 10px; }
  .moved-in > summary { font-weight: 600; }
  .phases > li { display: grid; grid-template-columns: 150px 190px minmax(0, 1fr) minmax(0, 1.3fr); grid-column-gap: 14px; align-items: center; padding: 5px 0; border-bottom: 1px solid var(--rule); }
  .phases .timeline { height: 14px; }
  .phases li.over .sure { opacity: .45; }
  .phases li.next .sure { fill: none; stroke: var(--accent); stroke-width: 1; vector-effect: non-scaling-stroke; }
  .phase-days { color: var(--soft); font-size: 13px; }
  .try { display: grid; grid-template-columns: minmax(0, 1fr) auto; grid-gap: 20px; align-items: start; margin: 6px 0; }
  .try-field { display: grid; grid-template-columns: minmax(0, 1fr) minmax(120px, 1.2fr) auto; grid-column-gap: 12px; align-items: center; padding: 4px 0; border-bottom: 1px dotted var(--line); }
  .try-field > small { grid-column: 1 / 4; }
  .try-field .choices { grid-column: 2 / 4; flex-wrap: wrap; }
  .try-fields > button { margin-top: 8px; }
  input[type='range'] { width: 100%; min-height: 26px; margin: 0; accent-color: var(--accent); }
  #try-which { max-width: 100%; min-width: 0; }
  .try-result { border-collapse: collapse; }
  .try-result th, .try-result td { padding: 5px 12px; border: 1px solid var(--line); text-align: left; font-weight: 400; }
  .try-result thead th { background: var(--sunk); color: var(--soft); }
  .try-also li { padding: 2px 0; }
  .moved .moved-0 { width: 26%; }
  .moved .moved-1, .moved .moved-2 { width: 12%; }
  .moved .moved-3 { width: 104px; }
  .moved .end { display: block; white-space: nowrap; }

  @media (max-width: 860px) {
    .sides { grid-template-columns: minmax(0, 1fr); }
    .all-differences { columns: 1; }
    .moved .end { display: inline-block; margin-right: 12px; }
    .cards, .try { grid-template-columns: minmax(0, 1fr); grid-gap: 0; }
    .try-result { margin-top: 10px; width: 100%; }
    .phases > li { grid-template-columns: minmax(0, 1fr); padding: 8px 0; }
    .bars:not(.compare) thead th:nth-child(n+4):not(:last-child), .bars:not(.compare) td:nth-child(n+4):not(:last-child) { display: none; }
    .bars .bars-rate { width: 40%; }
    .bars .rate { width: 100%; }
    .bars th, .bars td { padding: 4px; }
    .bars.compare thead th { white-space: normal; vertical-align: bottom; }
    .bars.compare th, .bars.compare td { padding: 4px 3px; font-size: 12.5px; }
    .bars.compare th:first-child { min-width: 4.4em; }
  }
  @media (max-width: 480px) {
    .side-from > label { flex: 1; }
    .side-from select { order: 1; flex-basis: 100%; }
    .try-field { grid-template-columns: minmax(0, 1fr); }
    .try-field > small, .try-field .choices { grid-column: auto; }
  }
  @media print {
    .fix-first .fix-act, .trying.idle, .trying input[type='range'], .trying .hint { display: none; }
    .legend > span::before { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    .cards { grid-template-columns: minmax(0, 1fr); grid-gap: 0; }
    .card { break-inside: auto; }
    .ledger tr, .bars tr, .ranked li, .phases > li { break-inside: avoid; }
    .card > h3 { break-after: avoid; }
  }
  @media (forced-colors: active) {
    .span .sure, .rate .sure, .timeline .sure { fill: Highlight; }
    .span .open, .rate .open { fill: GrayText; opacity: 1; }
    .span .line, .timeline .line { fill: CanvasText; }
    .legend > span::before { forced-color-adjust: none; }
  }
`;
