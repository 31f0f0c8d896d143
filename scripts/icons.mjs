// Draws the PNG icons from extension/icons/icon.svg with a headless Chromium. Run by hand after the drawing changes:
//   node scripts/icons.mjs
// `icon` is the icon; `off` is its grey form, shown in the toolbar where the extension has no access to the site.
import { readFile, writeFile } from 'node:fs/promises';
import { Builder } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';

const FOLDER = new URL('../extension/icons/', import.meta.url);
const DRAWN = [
  { name: 'icon', sizes: [16, 32, 48, 128], filter: 'none' },
  { name: 'off', sizes: [16, 32], filter: 'grayscale(1) opacity(.85)' },
];

const options = new chrome.Options();
options.setBinaryPath('/usr/bin/chromium');
options.addArguments('--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []));
const service = new chrome.ServiceBuilder('/usr/bin/chromedriver');
const driver = await new Builder().forBrowser('chrome').setChromeOptions(options).setChromeService(service).build();
try {
  const svg = await readFile(new URL('icon.svg', FOLDER), 'utf8');
  for (const { name, sizes, filter } of DRAWN) {
    for (const size of sizes) {
      const png = await driver.executeAsyncScript(
        `const [svg, size, filter, done] = arguments;
         const picture = new Image(size, size);
         picture.onload = () => {
           const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
           const context = canvas.getContext('2d');
           context.filter = filter;
           context.drawImage(picture, 0, 0, size, size);
           done(canvas.toDataURL('image/png').split(',')[1]);
         };
         picture.src = 'data:image/svg+xml,' + encodeURIComponent(svg.replace('<svg ', '<svg width="' + size + '" height="' + size + '" '));`,
        svg,
        size,
        filter,
      );
      await writeFile(new URL(`${name}-${size}.png`, FOLDER), Buffer.from(png, 'base64'));
    }
  }
} finally {
  await driver.quit();
}
