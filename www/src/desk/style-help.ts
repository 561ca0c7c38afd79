/** How the tab 使用说明 looks. */
import { css } from 'lit';

export const help = css`
  .help { max-width: 1080px; }
  .help-lead { margin-bottom: 12px; }
  .help-lead button { margin-left: 6px; }
  .help .card p + p { margin-top: 6px; }
  .help-two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-column-gap: 14px; }
  .help-steps { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-gap: 4px 22px; }
  .help-steps b { display: block; font-size: 16px; color: var(--accent); }
  .help-list > div { display: flex; align-items: baseline; padding: 3px 0; }
  .help-list dt { flex: none; width: 7.4em; }
  [lang='en'] .help-list dt { width: 10em; }
  .help-list dd { flex: 1 1 auto; min-width: 0; }
  .keys-list dt { width: 10.5em; }
  [lang='en'] .keys-list dt { width: 11em; }
  kbd { display: inline-block; padding: 0 5px; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 3px; background: var(--sunk); font: 12px/18px ui-monospace, Consolas, monospace; white-space: nowrap; }
  @media (max-width: 860px) {
    .help-two, .help-steps { grid-template-columns: minmax(0, 1fr); }
    .help-steps li { padding-bottom: 6px; }
  }
`;
