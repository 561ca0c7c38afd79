// Draws the icons that phones and desktops want as pixels from www/public/icon.svg: node tests/tools/icons.mjs
import { readFile } from 'node:fs/promises';
import { launch } from '../browser/browser.mjs';

const folder = new URL('../../www/public/', import.meta.url);
const icon = await readFile(new URL('icon.svg', folder), 'base64');
const browser = await launch();
for (const size of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } img { display: block; width: ${size}px; height: ${size}px }</style><img src="data:image/svg+xml;base64,${icon}">`);
  await page.screenshot({ path: new URL(`icon-${size}.png`, folder).pathname });
}
await browser.close();
