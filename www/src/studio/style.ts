/** How the studio looks: the colours and controls of the check, in panes that fill the window. Constructable stylesheets only. */
import { css } from 'lit';
import { base } from '../check/style';

const code = css`
  :host { height: 100%; --code-comment: #5d6b62; --code-text: #1b6b3a; --code-number: #8a3ffc; --code-keyword: #1a4f95; --code-word: #0b5c66; --code-key: #8a5300; --mono: ui-monospace, 'Cascadia Mono', Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans Mono', monospace; }
  @media (prefers-color-scheme: dark) { :host([scheme='auto']) { --code-comment: #93a399; --code-text: #8fd6a8; --code-number: #cfb0ff; --code-keyword: #8fbcff; --code-word: #79cfdb; --code-key: #f0bd6c; } }
  #editor { flex: 1 1 auto; min-height: 0; overflow: hidden; }
  .cm-editor { height: 100%; background: var(--card); color: var(--ink); }
  .cm-editor.cm-focused { outline: 2px solid var(--focus); outline-offset: -2px; }
  .cm-scroller { font: 13px/1.65 var(--mono); }
  .cm-editor .cm-gutters { background: var(--sunk); color: var(--soft); border-right: 1px solid var(--line); }
  .cm-editor .cm-activeLineGutter, .cm-editor .cm-activeLine { background: color-mix(in srgb, var(--wash) 55%, transparent); }
  .cm-editor .cm-cursor { border-left-color: var(--ink); }
  .cm-editor .cm-selectionBackground, .cm-editor.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground { background: #b9d3f5; }
  .cm-editor .cm-foldGutter span { color: var(--soft); }
  .cm-editor .cm-tooltip { background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 3px; box-shadow: 0 3px 12px rgba(20, 40, 70, .2); font-family: inherit; }
  .cm-editor .cm-tooltip-autocomplete > ul { font: 13px/1.6 var(--mono); max-height: 15em; }
  .cm-editor .cm-tooltip-autocomplete > ul > li { padding: 2px 8px; }
  .cm-editor .cm-tooltip-autocomplete > ul > li[aria-selected] { background: var(--accent); color: var(--on-accent); }
  .cm-editor .cm-completionDetail { color: var(--soft); font-style: normal; font-size: 12px; margin-left: 10px; }
  .cm-editor li[aria-selected] .cm-completionDetail { color: inherit; }
  .cm-editor .cm-completionInfo { white-space: pre-wrap; max-width: 320px; padding: 6px 10px; font: 13px/1.55 var(--duibiao-font, sans-serif); }
  .cm-editor .cm-diagnostic { padding: 6px 10px; font: 13px/1.55 var(--duibiao-font, sans-serif); white-space: pre-wrap; max-width: 480px; border-left-width: 4px; }
  .cm-editor .cm-diagnostic strong { font-weight: 600; }
  .cm-editor .cm-diagnosticAction { background: var(--accent); color: var(--on-accent); min-height: 26px; margin: 4px 0 0; border: 0; padding: 2px 10px; font: inherit; }
  .cm-editor .cm-diagnosticSource { display: none; }
  .cm-editor .cm-panels { background: var(--sunk); color: var(--ink); border-color: var(--line); }
  .cm-editor .cm-panel.cm-search { font-size: 13px; }
  .cm-editor .cm-panel.cm-search [name='close'] { min-height: 24px; min-width: 24px; }
  .cm-editor .cm-textfield { background: var(--card); color: var(--ink); border: 1px solid #8592a3; }
  .cm-editor .cm-button { background: var(--card); color: var(--accent); border: 1px solid var(--line); }
`;

const frame = css`
  /* Nothing in a pane may make the page itself scroll. */
  .studio { position: relative; overflow: hidden; overflow: clip; display: flex; flex-direction: column; height: 100%; background: var(--ground); font-size: 13.5px; }
  .bar, .notices, .tabs, .foot { flex: none; }
  .bar { display: flex; align-items: center; flex-wrap: wrap; min-height: 46px; padding: 4px 14px; background: #1a4f95; color: #fff; position: static; border: 0; border-radius: 0; box-shadow: none; margin: 0; }
  @media (prefers-color-scheme: dark) { .bar { background: #16365f; } }
  .bar h1 { margin: 0 18px 0 0; font-size: 16px; font-weight: 600; white-space: nowrap; }
  .bar .brand { margin-left: 10px; padding-left: 10px; border-left: 1px solid rgba(255, 255, 255, .5); font-size: 13px; font-weight: 400; }
  .which { flex: 1 1 0; min-width: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
  .which-title { margin-left: 10px; opacity: .85; font-size: 13px; }
  .ways { display: flex; flex-wrap: wrap; }
  .ways button { margin: 3px 0 3px 8px; background: transparent; color: #fff; border-color: rgba(255, 255, 255, .5); }
  .ways button:hover { background: rgba(255, 255, 255, .16); border-color: #fff; }
  .ways button.main { background: #fff; color: #1a4f95; border-color: #fff; font-weight: 600; }
  .ways button[aria-disabled='true'] { background: transparent; color: rgba(255, 255, 255, .85); border-style: dashed; opacity: 1; font-weight: 400; }
  .bar :focus-visible { outline-color: #fff; }

  .notices .message { display: flex; align-items: flex-start; margin: 0; padding: 7px 14px; border-bottom: 1px solid var(--line); border-left: 4px solid var(--accent); background: var(--card); }
  .message > .icon { margin: 4px 6px 0 0; color: var(--accent); }
  .message.error { border-left-color: var(--unmet); }
  .message.error > .icon { color: var(--unmet); }
  .message-text { flex: 1 1 auto; }
  .message button { flex: none; margin-left: 8px; }

  .work { flex: 1 1 auto; min-height: 0; }
  .wide .work:not([hidden]) { display: grid; grid-template: auto minmax(0, 1fr) / 216px minmax(0, 11fr) minmax(0, 9fr); }
  .wide .files { grid-area: 1 / 1 / 3 / 2; border-right: 1px solid var(--line); }
  .wide .editor { grid-area: 1 / 2 / 3 / 3; }
  .wide .tabs { grid-area: 1 / 3 / 2 / 4; border-left: 1px solid var(--line); }
  .wide .pane:not(.files):not(.editor) { grid-area: 2 / 3 / 3 / 4; border-left: 1px solid var(--line); }
  .narrow .work:not([hidden]) { display: flex; flex-direction: column; }
  .narrow .pane { flex: 1 1 auto; }
  .pane { position: relative; min-height: 0; min-width: 0; overflow: auto; background: var(--card); }
  .pane[hidden] { display: none; }
  .pane.editor:not([hidden]) { display: flex; flex-direction: column; overflow: hidden; }
  .pane.preview { padding: 0 14px 24px; background: var(--ground); --duibiao-ground: var(--ground); }
  .work[hidden] { display: none; }
  .pane.files { background: var(--sunk); }
  .editor-head, .files-head { display: flex; align-items: center; flex: none; min-height: 36px; padding: 2px 12px; border-bottom: 1px solid var(--line); background: var(--sunk); font-size: 13px; }
  .editor-head { font-family: var(--mono); }
  .tabs { display: flex; min-height: 36px; background: var(--sunk); border-bottom: 1px solid var(--line); }
  .tabs [role='tab'] { min-height: 36px; margin-bottom: -1px; padding: 0 16px; border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; color: var(--soft); }
  .tabs [aria-selected='true'] { color: var(--accent); border-bottom-color: var(--accent); font-weight: 600; }
  .tabs [role='tab']:focus-visible { outline-offset: -2px; }
  .narrow .tabs [role='tab'] { flex: 1 1 0; padding: 0 2px; }

  .badge { display: inline-block; min-width: 18px; margin-left: 6px; padding: 0 5px; border-radius: 9px; font-size: 12px; line-height: 18px; font-weight: 600; text-align: center; }
  .badge.bad { background: var(--unmet); color: var(--card); }
  .badge.doubt { background: var(--partial-wash); color: var(--partial); outline: 1px solid var(--partial); outline-offset: -1px; }
  .soft { color: var(--soft); }
  .empty { display: flex; align-items: center; padding: 18px 16px; color: var(--soft); }
  .empty .icon { color: var(--met); }
  .stale-note { position: sticky; top: 0; z-index: 6; margin: 0 -14px; padding: 5px 14px; background: var(--partial-wash); color: var(--partial); border-bottom: 1px solid var(--line); }

  .files-head h2 { flex: 1 1 auto; font-weight: 600; }
  button.small { min-height: 26px; padding: 0 9px; }
  .folder { padding: 10px 12px 3px; font: 600 12.5px/1.4 var(--mono); }
  .folder small { font-family: var(--duibiao-font, sans-serif); font-weight: 400; }
  .file-name { display: flex; align-items: center; width: 100%; min-height: 30px; padding: 4px 10px 4px 12px; border: 0; border-left: 3px solid transparent; border-radius: 0; background: none; color: var(--ink); text-align: left; }
  .file-name:hover { background: var(--wash); }
  .file-name:focus-visible { outline-offset: -2px; }
  .file-text { flex: 1 1 auto; min-width: 0; font: 12.5px/1.4 var(--mono); }
  .file-text small { font-family: var(--duibiao-font, sans-serif); }
  .file.open { background: var(--wash); }
  .file.open .file-name { border-left-color: var(--accent); font-weight: 600; }
  .file-ways { display: block; padding: 0 0 4px 15px; }
  .file-ways button { margin-right: 12px; font-size: 12.5px; }
  .naming { padding: 8px 12px; border-bottom: 1px solid var(--line); background: var(--card); }
  .naming input[type='text'] { width: 100%; margin: 2px 0 4px; font-family: var(--mono); font-size: 12.5px; }

  .kinds { display: flex; margin-bottom: 6px; }
  .kinds label { display: inline-flex; align-items: center; min-height: 24px; margin-right: 14px; }
  .naming .link { margin-left: 6px; }

  .foot { display: flex; align-items: center; margin-top: auto; flex-wrap: wrap; min-height: 30px; padding: 2px 14px; border-top: 1px solid var(--line); background: var(--card); font-size: 12.5px; }
  .standing { display: inline-flex; align-items: center; }
  .standing .state { font-weight: 600; }
  .time { margin-left: 10px; }
  .keys { margin: 0 16px; color: var(--soft); }
  .kept { display: inline-flex; align-items: center; margin-left: auto; color: var(--soft); }
  .kept .icon { color: var(--met); }
  .kept.blocked, .kept.blocked .icon { color: var(--unmet); }
  .narrow .keys { order: 3; width: 100%; margin: 0; font-size: 12px; }
`;

const lists = css`
  .list-head { padding: 10px 14px 4px; font-weight: 600; border-top: 1px solid var(--rule); }
  .problems li { display: flex; align-items: flex-start; padding: 2px 14px 2px 6px; border-top: 1px solid var(--rule); }
  .problems li > button:not(.go) { flex: none; margin-top: 5px; max-width: 45%; }
  .go { display: flex; align-items: flex-start; flex: 1 1 auto; min-width: 0; padding: 4px 8px; border: 0; border-radius: 0; background: none; color: var(--ink); text-align: left; }
  .go .icon { margin: 3px 6px 0 0; }
  .go b { font-weight: 600; }
  .wrong .icon { color: var(--unmet); }
  .warned .icon { color: var(--partial); }
  .where { font-family: var(--mono); }
  .at-cursor { flex: none; max-height: 34%; overflow: auto; border-top: 2px solid var(--line); background: var(--card); }

  .run { display: flex; align-items: center; flex-wrap: wrap; position: sticky; top: 0; z-index: 2; padding: 6px 14px; border-bottom: 1px solid var(--line); background: var(--card); }
  .run > * { margin-right: 14px; }
  .run .state { font-weight: 600; }
  .only { margin-left: auto; margin-right: 0; display: inline-flex; align-items: center; min-height: 24px; color: var(--soft); }
  .only input { width: 16px; height: 16px; margin: 0 5px 0 0; }
  .keep { margin: 10px 14px; padding: 8px 12px 10px; border: 1px solid var(--line); border-radius: 4px; background: var(--sunk); }
  .keep h2 { font-weight: 600; }
  .keep-row { display: flex; align-items: center; margin-top: 5px; }
  .keep-row > :first-child { flex: none; width: 5.5em; color: var(--soft); }
  .keep-row select, .keep-row input { flex: 1 1 auto; min-width: 0; }
  .keep-row button { margin-left: auto; }
  .stale { opacity: .6; }
  .case { display: flex; flex-wrap: wrap; align-items: center; padding: 1px 14px; border-top: 1px solid var(--rule); }
  .case-name { flex: 1 1 auto; min-width: 0; color: var(--ink); text-decoration: none; }
  .case-name:hover { text-decoration: underline; }
  .case-outcome { margin: 0 12px; color: var(--soft); }
  .case.failed { background: var(--unmet-wash); }
  .case .link { font-size: 13px; }
  .differences { width: 100%; padding: 0 0 6px 19px; }
  .differences li:first-child { color: var(--unmet); font-weight: 600; }

  .start { flex: 1 1 auto; overflow: auto; width: 100%; max-width: 720px; margin: 24px auto; padding: 18px 24px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; align-self: center; flex: 0 1 auto; }
  .start-head { display: flex; justify-content: space-between; align-items: center; }
  .start h2 { font-size: 18px; font-weight: 600; }
  .start h3 { margin: 18px 0 6px; font-weight: 600; }
  .choices-list li { display: flex; align-items: center; margin-bottom: 6px; }
  .choice-main { flex: 1 1 auto; display: flex; align-items: baseline; justify-content: space-between; min-height: 40px; padding: 6px 14px; text-align: left; }
  .choice-main small { margin-left: 12px; }
  .choices-list .link { flex: none; margin-left: 10px; }
  .own button { margin: 0 8px 8px 0; }
  .narrow .start { margin: 0; padding: 14px; border: 0; }
  .narrow .bar .brand, .narrow .which-title { display: none; }
  .narrow .bar { padding-bottom: 6px; }
  .narrow .ways { width: 100%; flex-wrap: nowrap; overflow-x: auto; padding: 2px; }
  .narrow .ways button { flex: none; margin: 0 6px 0 0; padding: 2px 9px; }
  @media (pointer: coarse) { .narrow .keys { display: none; } }
  @media (forced-colors: active) { .badge { border: 1px solid currentColor; } }
`;

export const styles = [base, code, frame, lists];
