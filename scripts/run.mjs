// Opens a browser with the extension on a page: ./build.sh run [URL] [--browser firefox|chromium]
// Without a display it prints the list as the popup shows it, and saves the exports and a picture under out/.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { By } from 'selenium-webdriver';
import { BROWSERS, launch } from './drive.mjs';
import { startPortal, useAsVisitor } from './portal.mjs';
import { openPopup, popupText } from './popup.mjs';

const OUT = resolve('out');
const FORMATS = ['csv', 'json'];

function wishes() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { browser: { type: 'string', default: 'chromium' }, language: { type: 'string', default: 'fr' }, leaky: { type: 'boolean' } },
  });
  if (!BROWSERS.includes(values.browser)) throw new Error(`Unknown browser '${values.browser}'. Choose firefox or chromium.`);
  const [address] = positionals;
  if (address && !/^https?:\/\//.test(address)) throw new Error(`'${address}' is not a web address. Give one that begins with http:// or https://.`);
  return { ...values, address };
}

/** Waits for the files that the browser downloads, all of them complete. */
async function downloaded(count) {
  for (let tries = 0; tries < 200; tries += 1) {
    const files = await readdir(OUT);
    const done = files.filter((name) => FORMATS.some((format) => name.endsWith(`.${format}`)));
    if (done.length >= count && !files.some((name) => /\.(part|crdownload)$/.test(name))) return done;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error('The browser did not save the exports within 10 seconds.');
}

async function show(browser, address) {
  await openPopup(browser, address, { width: 380, height: 900 });
  console.log(await popupText(browser));
  await writeFile(join(OUT, `popup-${browser.which}.png`), await browser.driver.findElement(By.css('body')).takeScreenshot(), 'base64');
  for (const format of FORMATS) {
    await browser.driver.findElement(By.css('[data-action="export-menu"]')).click();
    await browser.driver.findElement(By.css(`[data-export="${format}"]`)).click();
  }
  const files = await downloaded(FORMATS.length);
  console.log(`\nSaved under out/: ${[`popup-${browser.which}.png`, ...files].join(', ')}`);
}

async function main() {
  const { address, browser: which, language, leaky } = wishes();
  await mkdir(OUT, { recursive: true });
  const portal = address ? undefined : await startPortal();
  const site = address ?? portal.sites[leaky ? 'leaky' : 'plain'];
  const headless = !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const hosts = portal?.hosts ?? [new URL(site).hostname];
  // Only a headless browser is granted the site beforehand: a person presses the button.
  const below = (host) => `*://*.${host.split('.').slice(-2).join('.')}/*`;
  const grant = headless ? [...new Set([new URL(site).hostname, ...hosts].map(below))] : [];
  const browser = await launch(which, { dist: 'dist', hosts, grant, downloads: OUT, headless, language });
  try {
    await browser.open(site);
    if (portal) await useAsVisitor(browser.driver, site, portal);
    if (headless) {
      await show(browser, site);
    } else {
      await browser.inConsole('await api.action.openPopup()').catch(() => {});
      console.log('Press the button of Cookie Charter in the toolbar. Close the browser to end.');
      await browser.closed();
    }
  } finally {
    await browser.close().catch(() => {});
    await portal?.stop();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
