/** The page: `?lang=en` in its address chooses English; where the browser keeps the page for offline use, it tells of a newer one. */
import './portal/define';
import './portal/plain-page';
import { DuibiaoDeskElement } from './desk/desk-element';
import { keepForOffline } from './offline/install';
import { wordsFor } from './words/wording';

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

keepForOffline((use) => {
  const place = document.getElementById('newer');
  if (place === null || place.firstChild !== null) return;
  const words = wordsFor(english ? 'en' : 'zh');
  const line = document.createElement('p');
  const button = document.createElement('button');
  line.className = 'inner newer';
  line.textContent = words.newer;
  button.type = 'button';
  button.textContent = words.useNewer;
  button.addEventListener('click', use);
  line.append(button);
  place.append(line);
});
