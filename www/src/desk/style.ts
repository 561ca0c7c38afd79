/** How the desk looks beyond what it shares with the element: see `check/style.ts` for what Chromium 78 asks. */
import { css } from 'lit';
import { styles as shared } from '../check/style';
import { drafts } from './style-drafts';
import { exchange } from './style-tables';
import { help } from './style-help';
import { numberedPapers } from './page-numbers';
import { papers } from './style-papers';
import { pasteStyles } from './style-find';
import { result } from './style-result';
import { ledger } from './style-tasks';

const desk = css`
  .tabs { display: flex; flex-wrap: wrap; margin-bottom: 14px; border-bottom: 1px solid var(--line); }
  .tabs button { min-height: 38px; margin: 0 4px -1px 0; padding: 4px 16px; border: 1px solid transparent; border-radius: 4px 4px 0 0; background: none; color: var(--soft); font-size: 15px; }
  @media print { .tabs, .desk > .message { display: none; } }
  .tabs button:hover { color: var(--accent); background: var(--wash); }
  .tabs button[aria-selected='true'] { color: var(--accent); font-weight: 600; background: var(--card); border-color: var(--line); border-bottom-color: var(--card); box-shadow: inset 0 2px 0 var(--accent); }
`;

export const styles = [...shared, desk, ledger, exchange, drafts, papers, numberedPapers, result, help, pasteStyles];
