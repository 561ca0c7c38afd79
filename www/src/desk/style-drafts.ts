/** How the drafts look: the list, earlier versions, the question before this computer is cleared. */
import { css } from 'lit';

export const drafts = css`
  .draft-bar { min-width: 0; max-width: 100%; }
  .draft-open { position: relative; max-width: 280px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; padding: 2px 30px 2px 11px; color: var(--ink); text-align: left; }
  .draft-open::after { content: ''; position: absolute; right: 12px; top: 50%; width: 7px; height: 7px; margin-top: -6px; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); }
  .draft-open[aria-expanded='true']::after { margin-top: -2px; transform: rotate(225deg); }
  .draft-word { margin-right: 4px; color: var(--soft); }
  .drafts { margin-bottom: 14px; padding: 10px 16px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
  .drafts[hidden] { display: none; }
  .drafts-pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); grid-gap: 10px 32px; }
  .drafts-head { display: flex; align-items: center; justify-content: space-between; min-height: 34px; }
  .drafts-head h2 { font-weight: 600; }
  .draft-list { max-height: 320px; overflow-y: auto; border-top: 1px solid var(--rule); }
  .draft-list li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; padding: 4px 0 4px 8px; border-bottom: 1px solid var(--rule); }
  .draft-list li.current { background: var(--wash); box-shadow: inset 3px 0 0 var(--accent); }
  .draft-title { flex: 1 1 150px; min-width: 0; margin-right: 8px; line-height: 1.45; }
  .draft-acts { display: inline-flex; flex-wrap: wrap; align-items: center; }
  .draft-acts > button { margin-right: 6px; }
  .drafts-foot { display: flex; flex-wrap: wrap; align-items: center; margin-top: 12px; padding-top: 10px; border-top: 1px solid var(--rule); }
  .drafts-foot > .hint { flex: 1 1 260px; margin-right: 12px; }
  .drafts-foot > button { margin: 2px 0 2px 6px; }
  button.grave { color: var(--unmet); }
  button.grave:hover { border-color: var(--unmet); background: var(--unmet-wash); }
  dialog { max-width: 480px; padding: 16px 20px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); color: var(--ink); }
  dialog::backdrop { background: rgba(10, 20, 35, .5); }
  dialog h2 { margin-bottom: 6px; font-weight: 600; font-size: 16px; }
  .dialog-acts { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; margin-top: 14px; }
  .dialog-acts > button { margin: 2px 0 2px 8px; }
  .dialog-acts > button:first-child { margin: 2px auto 2px 0; }
  @media (max-width: 400px) { .drafts-pair { grid-template-columns: minmax(0, 1fr); } }
  @media print { .drafts { display: none; } }
`;
