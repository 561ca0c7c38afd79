/** How papers look, on the screen and on A4. Page sizes and numbers are the document's: see `page.css`. */
import { css } from 'lit';

export const papers = css`
  .papers-choice { margin-bottom: 12px; }
  .papers-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); grid-gap: 6px 10px; margin-bottom: 8px; }
  .papers-list .choice { align-items: flex-start; margin: 0; padding: 6px 10px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); line-height: 1.45; }
  .papers-list .choice.on { border-color: var(--accent); box-shadow: inset 3px 0 0 var(--accent); }
  .papers-list .choice input { flex: none; margin-top: 3px; }
  .papers-list .choice b { display: block; }
  .recheck { margin-top: 18px; }
  .recheck-count { margin: 8px 0 4px; font-weight: 600; }
  .recheck .ledger td { overflow-wrap: anywhere; }
  .papers-shown { margin: 6px 0; color: var(--soft); font-size: 13px; }

  .paper { max-width: 900px; margin: 0 auto 16px; padding: 36px 44px; background: #fff; color: #000; border: 1px solid var(--line); box-shadow: 0 1px 4px rgba(20, 40, 70, .12); color-scheme: light; font: 15px/1.7 'FangSong_GB2312', 'FangSong', 'STFangsong', '仿宋', 'Noto Serif CJK SC', 'Source Han Serif SC', 'SimSun', serif; }
  .paper.across { max-width: 1240px; padding: 30px 30px; }
  .paper h3 { margin: 0; text-align: center; font: 700 22px/1.4 'FZXiaoBiaoSong-B05S', 'STZhongsong', 'SimHei', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; letter-spacing: .06em; }
  .paper h4 { margin: 14px 0 4px; font: 600 16px/1.6 'SimHei', 'STHeiti', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
  .paper h5 { margin: 8px 0 2px; font: 600 15px/1.6 'KaiTi_GB2312', 'KaiTi', 'STKaiti', 'Noto Serif CJK SC', serif; }
  .paper-of { margin-top: 2px; text-align: center; }
  .paper-notice { margin: 4px 0 10px; text-align: center; font-size: 12.5px; color: #444; }
  .paper-facts { display: flex; flex-wrap: wrap; margin-bottom: 6px; }
  .paper-facts > span { margin-right: 28px; }
  .blank { display: inline-block; min-width: 9em; border-bottom: 1px solid #555; vertical-align: -2px; height: 1.2em; }
  .said { text-indent: 2em; white-space: pre-line; }
  [lang='en'] .said { text-indent: 0; margin-bottom: 4px; }
  .said.wanted { background: #fff6d6; }
  .paper-table { margin: 6px 0 10px; overflow-x: auto; }
  .paper table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 13px; line-height: 1.5; }
  .across table { font-size: 12.5px; }
  .paper caption { padding: 4px 0; text-align: left; font: 600 14px/1.6 'SimHei', 'STHeiti', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
  .paper th, .paper td { padding: 3px 5px; border: 1px solid #333; vertical-align: middle; white-space: pre-line; overflow-wrap: anywhere; word-break: break-word; }
  .paper th { text-align: center; font-weight: 600; background: #f0f0f0; font-family: 'SimHei', 'STHeiti', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
  .paper td.center { text-align: center; }
  .paper td.right { text-align: right; }
  .paper .whole { white-space: nowrap; overflow-wrap: normal; word-break: keep-all; }
  .paper .slim { padding-left: 2px; padding-right: 2px; }
  .paper tr.sum td { font-weight: 700; background: #f7f7f7; }
  .paper tr.tail { display: none; }
  .paper-end { margin-top: 22px; }
  .paper-signs { display: flex; flex-wrap: wrap; }
  .paper-signs > span { margin: 6px 34px 12px 0; white-space: nowrap; }
  .paper-day { text-align: right; padding-right: 2em; }
  .paper-marks { margin-top: 14px; padding-top: 5px; border-top: 1px solid #bbb; color: #444; font: 10.5px/1.5 ui-monospace, Consolas, 'Noto Sans Mono CJK SC', monospace; overflow-wrap: anywhere; }
  .paper-marks span { display: block; }

  @media (max-width: 860px) {
    .paper, .paper.across { padding: 18px 12px; }
    .paper-table > table { min-width: 640px; }
    .across .paper-table > table { min-width: 940px; }
  }

  @media print {
    :host([tab='papers']) .desk > :not([role='tabpanel']), :host([tab='papers']) .tab-head, .papers-choice, .papers-shown, .recheck { display: none; }
    :host([tab='papers']) .desk { background: none; }
    .paper, .paper.across { max-width: none; margin: 0; padding: 0; border: 0; box-shadow: none; font-size: 12pt; }
    .paper.account { font-size: 14pt; line-height: 1.75; }
    .paper + .paper { break-before: page; }
    .paper.across { page: across; }
    .paper h3 { font-size: 20pt; }
    .paper h4 { font-size: 14pt; }
    .paper h5 { font-size: 14pt; }
    .paper h4, .paper h5, .paper caption { break-after: avoid; }
    .paper table { font-size: 9.5pt; }
    .across table { font-size: 9pt; }
    .paper table { width: calc(100% - 1px); }
    .paper-table, .paper-table > table, .across .paper-table > table { overflow: visible; min-width: 0; }
    .paper thead { display: table-header-group; break-after: avoid; }
    .paper tr.sum:not(:last-child), .paper tbody tr:first-child:not(:last-child) { break-after: avoid; }
    .paper tr, .paper-end, .paper-table.together { break-inside: avoid; }
    .paper tbody.last { break-inside: avoid; }
    .paper tr.tail { display: table-row; }
    .paper > .once { display: none; }
    .paper tr.tail > td { padding: 0; border: 0; font-size: 12pt; line-height: 1.7; white-space: normal; }
    .paper th, .paper tr.sum td { background: none; }
    .said { orphans: 2; widows: 2; }
    .said.wanted { background: none; text-decoration: underline dotted; }
    .paper-signs > span { margin-bottom: 26px; }
    .across .paper-end { margin-top: 12px; }
    .across .paper-signs > span { margin-bottom: 14px; }
    .across .paper-marks { margin-top: 4px; }
    .paper-marks { font-size: 7.5pt; }
  }
`;
