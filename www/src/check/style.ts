/**
 * How the element looks. Constructable stylesheets only, so that a page's `style-src 'self'` is enough.
 * Chromium 78 reads this: no flex gaps, no logical shorthands, no `:is`, no `min()`; what is newer stands in rules of its own.
 */
import { css } from 'lit';
import { sheet } from './style-form';

// Important, so that no rule of the page around sets them; what the page may choose comes through `ink.ts`.
const light = css`
  --ink: #1b2531 !important; --soft: #55616f !important; --line: #d6dde6 !important; --rule: #e8edf3 !important; --ground: #f3f6fa !important; --card: #ffffff !important; --sunk: #f7f9fc !important;
  --accent: #1a4f95 !important; --on-accent: #ffffff !important; --wash: #e9f0f9 !important; --focus: #0b57d0 !important;
  --met: #1b6b3a !important; --met-wash: #e9f5ed !important;
  --partial: #8a5300 !important; --partial-wash: #fdf3e0 !important;
  --unmet: #b3261e !important; --unmet-wash: #fdedeb !important;
  --open: #4d5a69 !important; --open-wash: #eef2f6 !important;
  --pending: #5c3d99 !important; --pending-wash: #f2edfb !important;
  color-scheme: light;`;
const dark = css`
  --ink: #e6ebf2 !important; --soft: #a8b4c2 !important; --line: #3a4756 !important; --rule: #2c3744 !important; --ground: #121820 !important; --card: #1a222c !important; --sunk: #202a36 !important;
  --accent: #8fbcff !important; --on-accent: #0c1a2d !important; --wash: #22344d !important; --focus: #9cc4ff !important;
  --met: #79d39b !important; --met-wash: #173424 !important; --partial: #f0bd6c !important; --partial-wash: #3a2b10 !important; --unmet: #ff9d94 !important; --unmet-wash: #441d1a !important;
  --open: #b6c2d0 !important; --open-wash: #2a3542 !important; --pending: #c9b3f5 !important; --pending-wash: #312750 !important;
  color-scheme: dark;`;

export const base = css`
  :host { display: block; ${light} }
  :host([hidden]) { display: none; }
  :host([scheme='dark']) { ${dark} }
  @media (prefers-color-scheme: dark) { :host([scheme='auto']) { ${dark} } }

  /* Nothing that is inherited comes in from the page around, but whether it shows at all. */
  .desk {
    all: initial; display: block; direction: ltr; unicode-bidi: isolate; visibility: inherit; pointer-events: inherit; color-scheme: inherit;
    color: var(--ink); background: var(--behind, var(--card)); font: 400 14px/1.6 var(--duibiao-font, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC', 'WenQuanYi Micro Hei', sans-serif);
    font-variant-numeric: tabular-nums; text-align: left; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
  }
  /* English quotation marks and apostrophes are not a Chinese character wide. */
  .desk:lang(en) { font-family: var(--duibiao-font, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif); }
  *, *::before, *::after { box-sizing: border-box; }
  h2, h3, h4, h5, p, ul, ol, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; font-size: 1em; font-weight: 400; }
  ul, ol { list-style: none; }
  b { font-weight: 600; }
  small { display: block; font-size: 12px; color: var(--soft); }
  a { color: var(--accent); }
  .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden; clip: rect(0 0 0 0); white-space: nowrap; }
  .icon { width: 15px; height: 15px; flex: none; margin-right: 4px; vertical-align: -2px; }
  .icon .cut { stroke: var(--card); }
  .hint { color: var(--soft); font-size: 12.5px; }
  .hint.bad { color: var(--unmet); }
  .n { margin-left: 6px; color: var(--soft); font-weight: 400; }
  .code { color: var(--soft); font-weight: 400; font-size: .93em; }

  button, input, select { font: inherit; color: inherit; letter-spacing: inherit; }
  button { min-height: 30px; padding: 2px 11px; border: 1px solid var(--line); border-radius: 3px; background: var(--card); color: var(--accent); cursor: pointer; text-align: center; }
  button:hover { border-color: var(--accent); background: var(--wash); }
  button[aria-disabled='true'] { color: var(--soft); opacity: .65; cursor: default; background: none; border-color: var(--line); }
  button.link { min-height: 24px; padding: 0 2px; border-color: transparent; background: none; text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px; text-align: left; }
  button.link:hover { border-color: transparent; text-decoration-thickness: 2px; }
  button.link[aria-disabled='true'] { text-decoration: none; border-color: transparent; }
  button.quiet { color: var(--soft); }
  input[type='text'], input[type='date'], select { min-height: 30px; padding: 2px 8px; border: 1px solid #8592a3; border-radius: 3px; background: var(--card); color: var(--ink); max-width: 100%; }
  input[readonly] { background: var(--sunk); border-color: var(--line); }
  input.figure { width: 132px; text-align: right; }
  input.wide { width: 100%; }
  input[type='radio'] { width: 16px; height: 16px; margin: 0 5px 0 0; vertical-align: -3px; }
  [aria-invalid='true']:not(.choices) { border-color: var(--unmet); box-shadow: inset 0 0 0 1px var(--unmet); }
  :focus { outline: 2px solid var(--focus); outline-offset: 1px; }
  :focus:not(:focus-visible) { outline: none; }
  [tabindex='-1']:focus { outline: 2px solid var(--focus); outline-offset: 2px; }
  input, select, button, h2, h3, h4 { scroll-margin-top: calc(var(--duibiao-top, 0px) + var(--toast, 0px) + 64px); scroll-margin-bottom: 24px; }
  .skip:not(:focus) { position: absolute; width: 1px; height: 1px; min-height: 0; margin: -1px; padding: 0; border: 0; overflow: hidden; clip: rect(0 0 0 0); white-space: nowrap; }
  .skip:focus { z-index: 9; margin: 6px 0; }

  .tag, .state { display: inline-flex; align-items: center; white-space: nowrap; color: var(--of); }
  .tag { padding: 0 7px 0 5px; border: 1px solid currentColor; border-radius: 3px; background: var(--wash-of); font-weight: 600; font-size: 13px; line-height: 22px; }
  .tag .cut { stroke: var(--wash-of); }
  .met { --of: var(--met); --wash-of: var(--met-wash); }
  .partial { --of: var(--partial); --wash-of: var(--partial-wash); }
  .unmet, .invalid { --of: var(--unmet); --wash-of: var(--unmet-wash); }
  .missing, .not_applicable, .waived { --of: var(--open); --wash-of: var(--open-wash); }
  .pending { --of: var(--pending); --wash-of: var(--pending-wash); }
`;

/**
 * Rules of a host for our parts decide on form. Whether one can read is not theirs: what is important in here is so out there as well.
 */
const guard = css`
  [part] {
    opacity: 1 !important; visibility: inherit !important; filter: none !important; backdrop-filter: none !important; mix-blend-mode: normal !important; background-image: none !important; border-image: none !important;
    -webkit-text-fill-color: currentColor !important; -webkit-text-stroke: 0 !important; text-shadow: none !important; outline: 0 !important; box-shadow: none !important;
    -webkit-mask: none !important; mask: none !important; -webkit-box-reflect: none !important; clip: auto !important; clip-path: none !important;
  }
  [part]::before, [part]::after { content: none !important; }
  [part]::first-line, [part]::first-letter { color: inherit !important; background: none !important; text-shadow: none !important; opacity: 1 !important; }
  .head, .summary, .score, .verdict, .field:not(.bad):not(.doubtful) { color: var(--ink) !important; background-color: transparent !important; }
  .field.bad { color: var(--ink) !important; background-color: var(--unmet-wash) !important; box-shadow: -8px 0 0 var(--unmet-wash), 8px 0 0 var(--unmet-wash) !important; }
  .field.doubtful { color: var(--ink) !important; background-color: var(--partial-wash) !important; box-shadow: -8px 0 0 var(--partial-wash), 8px 0 0 var(--partial-wash) !important; }
  .tools, .group, .reason { color: var(--ink) !important; background-color: var(--card) !important; }
  .why { color: var(--ink) !important; background-color: var(--sunk) !important; }
  .narrow .verdict .why { background-color: var(--card) !important; }
  .tag { color: var(--of) !important; background-color: var(--wash-of) !important; }
  /* That this is a reference and no official verdict is said wherever it is shown. */
  .notice {
    all: initial !important; display: flex !important; align-items: flex-start !important; position: relative !important; z-index: 2 !important; margin: 0 0 8px !important; padding: 0 !important; direction: ltr !important; visibility: inherit !important;
    color: var(--ink) !important; font-family: inherit !important; font-size: 13px !important; line-height: 1.6 !important; overflow-wrap: anywhere !important;
  }
`;

const frame = css`
  .head { display: flex; flex-wrap: wrap; align-items: baseline; padding: 12px 0 2px; }
  .title { margin-right: 16px; font-size: 19px; font-weight: 600; line-height: 1.4; }
  .facts-line { color: var(--soft); font-size: 13px; }
  .notice .icon { margin-top: 4px; color: var(--accent); }
  .loading { padding: 24px 0; color: var(--soft); }
  .tools { display: flex; flex-wrap: wrap; align-items: center; padding: 4px 12px; margin-bottom: 14px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .tools > * { margin: 3px 14px 3px 0; }
  .set { display: flex; flex-wrap: wrap; align-items: center; }
  .set > button + button, .set > input + button { margin-left: 6px; }
  .as-of { display: flex; align-items: center; flex-wrap: wrap; }
  .as-of > label { margin-right: 6px; }
  .as-of > .hint, .as-of > button { margin-left: 4px; }
  .kept { display: inline-flex; align-items: center; margin-left: auto; margin-right: 0; color: var(--soft); font-size: 13px; }
  .kept .icon { color: var(--met); }
  .kept[aria-busy="true"] .icon { color: var(--soft); }
  .bar-note .kept, .side-foot .kept { margin: 0; font-size: 12px; }
  .bar-note .kept { margin-left: 8px; }
  .kept.blocked { color: var(--unmet); margin-left: 0; align-items: flex-start; }
  .kept.blocked .icon { color: var(--unmet); margin-top: 4px; }

  .message { display: flex; align-items: flex-start; flex-wrap: wrap; padding: 9px 12px; margin-bottom: 14px; border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 4px; background: var(--card); }
  .message > .icon { margin-top: 4px; color: var(--accent); }
  .message.error { border-left-color: var(--unmet); }
  .message.error > .icon { color: var(--unmet); }
  .message-text { flex: 1 1 240px; margin: 0 12px 0 2px; }
  .message li { margin-top: 4px; }
  .message > button { margin-left: 6px; }
  .source { display: block; margin-top: 4px; padding: 4px 8px; background: var(--sunk); border: 1px solid var(--rule); font: 12.5px/1.6 ui-monospace, Consolas, 'Noto Sans Mono CJK SC', monospace; white-space: pre-wrap; }
  mark { background: var(--unmet-wash); color: var(--unmet); outline: 1px solid currentColor; }
  .start, .strays { padding: 12px 16px; margin-bottom: 14px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .start h2, .strays h2 { font-weight: 600; font-size: 15px; }
  .start ol { counter-reset: step; margin: 4px 0; }
  .start ol > li { counter-increment: step; padding-left: 22px; position: relative; }
  .start ol > li::before { content: counter(step) '.'; position: absolute; left: 4px; color: var(--soft); }
  .problem { display: flex; align-items: flex-start; font-size: 13px; color: var(--unmet); }
  .problem.warning { color: var(--partial); }
  .problem .icon { margin-top: 3px; }

  .layout { display: block; }
  .wide .layout { display: grid; grid-template-columns: 296px minmax(0, 1fr); grid-column-gap: 20px; align-items: start; }
  .notices { position: sticky; top: calc(var(--duibiao-top, 0px) + 8px); z-index: 4; }
  .medium .notices, .narrow .notices { top: calc(var(--duibiao-top, 0px) + 62px); }
  /* Long lists of problems scroll; the way to close them stays in its corner. */
  .notices .message { position: relative; padding-right: 64px; max-height: 60vh; overflow-y: auto; }
  .notices .message-text { flex-basis: 170px; }
  .notices .message > .shut { position: absolute; top: 9px; right: 10px; margin: 0; }
  .notices .message { box-shadow: 0 2px 8px rgba(20, 40, 70, .16); }
  .wide .side { position: sticky; top: calc(var(--duibiao-top, 0px) + var(--toast, 0px) + 10px); max-height: calc(100vh - var(--duibiao-top, 0px) - var(--toast, 0px) - 20px); overflow-y: auto; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .medium .side, .narrow .side { background: var(--card); border: 1px solid var(--line); border-radius: 4px; margin-bottom: 16px; }
  .summary { padding: 12px 14px 6px; }
  .summary h2 { font-size: 15px; font-weight: 600; }
  .summary h3 { margin: 12px 0 4px; padding-top: 9px; border-top: 1px solid var(--rule); font-weight: 600; }
  .side-foot { display: none; }
  .wide .side-foot { display: flex; justify-content: space-between; position: sticky; bottom: 0; padding: 5px 14px; background: var(--sunk); border-top: 1px solid var(--rule); color: var(--soft); font-size: 12.5px; }
  .score { display: flex; align-items: baseline; margin-top: 2px; }
  .score b { font-size: 27px; line-height: 1.25; margin-right: 8px; letter-spacing: -.01em; }
  .score span { color: var(--soft); }
  .gauge { display: block; width: 100%; height: 8px; margin: 4px 0 5px; border: 1px solid var(--line); border-radius: 2px; }
  .gauge .track { fill: var(--sunk); }
  .gauge .sure { fill: var(--accent); }
  .gauge .open { fill: var(--accent); opacity: .3; }
  .counts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-column-gap: 20px; margin-top: 8px; }
  .medium .counts { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  .counts li { display: flex; justify-content: space-between; padding: 2px 0; border-bottom: 1px dotted var(--line); }
  .counts li > b { margin-left: 6px; }
  .zero .state, .zero b { color: var(--soft); font-weight: 400; }
  .item { display: flex; align-items: center; width: 100%; min-height: 28px; padding: 3px 0 3px 19px; border: 0; border-bottom: 1px solid var(--rule); border-radius: 0; background: none; color: var(--ink); text-align: left; line-height: 1.4; }
  .item:hover { background: var(--wash); }
  .item-title { flex: 1 1 auto; min-width: 0; margin-right: 8px; }
  .chapters-head { display: flex; align-items: baseline; justify-content: space-between; margin: 12px 0 2px; padding-top: 9px; border-top: 1px solid var(--rule); }
  .summary .chapters-head h3 { margin: 0; padding: 0; border: 0; }
  .chapters .item { padding-left: 12px; }
  .chapters .part { flex-wrap: wrap; padding-left: 0; }
  .chapters .part > .item-title { font-weight: 600; }
  .chapters .part > .item-title { flex: 0 0 auto; }
  .chapters .part > .item-gain { margin-left: auto; }
  .waiting { flex: 1 1 auto; display: inline-flex; justify-content: flex-end; margin-right: 10px; font-size: 12.5px; }
  .waiting > .state { margin-left: 7px; }
  .waiting .icon { width: 13px; height: 13px; margin-right: 2px; }
  .lines { margin-top: 8px; }
  .lines > div { display: flex; padding: 2px 0; }
  .lines dt { flex: none; width: 5em; color: var(--soft); }
  [lang='en'] .lines dt { width: 7em; }
  .lines dd { flex: 1 1 auto; min-width: 0; }
  .lines .link { min-height: 24px; margin: 0 -2px; }
  .item-gain { flex: none; color: var(--soft); font-size: 12.5px; }
  .clump { margin-top: 2px; }
  .clump > summary { display: flex; align-items: center; min-height: 28px; cursor: pointer; }
  .clump > summary .state { font-weight: 600; }
  .clump > summary::after { content: ''; width: 7px; height: 7px; margin: 0 4px 0 auto; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: translateY(-2px) rotate(45deg); }
  .clump[open] > summary::after { transform: translateY(2px) rotate(225deg); }
  .clump > summary::-webkit-details-marker { display: none; }
  .medium .clump > ol, .medium .chapters > ul { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-column-gap: 24px; }

  .bar { position: sticky; top: calc(var(--duibiao-top, 0px) + var(--toast, 0px)); z-index: 3; display: flex; flex-wrap: wrap; align-items: center; padding: 4px 12px; margin-bottom: 12px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; box-shadow: 0 2px 6px rgba(20, 40, 70, .12); font-size: 13px; }
  .bar-score { margin-right: 12px; color: var(--soft); white-space: nowrap; }
  .bar-score b { color: var(--ink); font-size: 16px; }
  .bar-counts > .state { margin-right: 10px; }
  .bar-counts .word { margin-right: 4px; }
  .bar > .link { margin-left: auto; }
  .bar-note { margin-left: 12px; color: var(--soft); font-size: 12px; }
  .narrow .bar-note { flex: 1 0 60%; margin-left: 0; }
  .narrow .bar > .link { order: 1; }
`;

export const styles = [base, frame, sheet, guard];
