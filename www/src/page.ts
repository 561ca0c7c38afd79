/** The page: `?lang=en` in its address chooses English, nothing more. */
import './portal/define';
import { DuibiaoDeskElement } from './desk/desk-element';

customElements.define('duibiao-desk', DuibiaoDeskElement);

const english = new URLSearchParams(location.search).get('lang') === 'en';
const check = document.querySelector('duibiao-desk');
if (english && check !== null) {
  document.documentElement.lang = 'en';
  document.title = 'Self-check · Duibiao';
  const heading = document.querySelector('h1');
  if (heading !== null && heading.firstChild !== null) heading.firstChild.textContent = 'Self-check';
  check.lang = 'en';
}
for (const link of Array.from(document.querySelectorAll<HTMLAnchorElement>('#languages a'))) {
  if (link.lang.startsWith('en') === english) link.setAttribute('aria-current', 'true');
}
