// Starts a real Chromium or Firefox with the extension, and talks to it. Used by ./build.sh run and by the browser tests.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Builder } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';
import firefox from 'selenium-webdriver/firefox.js';

export const BROWSERS = ['chromium', 'firefox'];
// Firefox gives a temporary add-on a random address, unless a preference fixes it beforehand.
const FIREFOX_ADDRESS = '6a8f1f0e-6f2b-4a53-9d53-3c1a7a2d9b10';

/**
 * Copies the extension and, when patterns are given, grants it those hosts at once: a headless Chromium cannot answer
 * its own permission prompt.
 * @param {string} dist
 * @param {string[]} grant
 */
async function extensionFor(dist, grant) {
  const folder = await mkdtemp(join(tmpdir(), 'cookie-charter-ext-'));
  await cp(dist, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  if (grant.length) manifest.host_permissions = grant;
  await writeFile(path, JSON.stringify(manifest, null, 2));
  return { folder, geckoId: manifest.browser_specific_settings.gecko.id };
}

function chromium({ folder, downloads, headless, thirdParty, language }) {
  const options = new chrome.Options();
  options.setBinaryPath('/usr/bin/chromium');
  options.addArguments(
    ...(headless ? ['--headless=new'] : []),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--window-size=1200,900',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP *.example 127.0.0.1',
    `--lang=${language}`,
    `--load-extension=${folder}`,
  );
  options.setAcceptInsecureCerts(true);
  options.setUserPreferences({
    'profile.cookie_controls_mode': thirdParty ? 0 : 1,
    'download.default_directory': downloads,
    'download.prompt_for_download': false,
    'intl.accept_languages': language,
  });
  return new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new chrome.ServiceBuilder('/usr/bin/chromedriver'))
    .build();
}

async function gecko({ folder, geckoId, downloads, headless, thirdParty, language, hosts }) {
  const options = new firefox.Options();
  options.setBinary('/usr/bin/firefox-esr');
  options.addArguments(...(headless ? ['-headless'] : []), '--width=1200', '--height=900');
  options.setAcceptInsecureCerts(true);
  const preferences = {
    'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: FIREFOX_ADDRESS }),
    'extensions.webextOptionalPermissionPrompts': !headless,
    'network.dns.localDomains': hosts.join(','),
    'network.cookie.cookieBehavior': thirdParty ? 0 : 5,
    'intl.accept_languages': language,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
  };
  for (const [key, value] of Object.entries(preferences)) options.setPreference(key, value);
  const service = new firefox.ServiceBuilder('geckodriver').addArguments('--allow-system-access');
  const driver = await new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build();
  await driver.installAddon(folder, true);
  return driver;
}

/** Where the extension's pages live in Chromium: the address of its background tells. */
async function chromiumBase(driver) {
  const { debuggerAddress } = (await driver.getCapabilities()).get('goog:chromeOptions');
  for (let tries = 0; tries < 200; tries += 1) {
    const targets = await (await fetch(`http://${debuggerAddress}/json/list`)).json();
    const ours = targets.find((target) => target.url.startsWith('chrome-extension://'));
    if (ours) return { base: `${ours.url.split('/').slice(0, 3).join('/')}/`, debuggerAddress };
    await pause(50);
  }
  throw new Error('Chromium did not start the background of the extension within 10 seconds.');
}

export const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * @param {'chromium' | 'firefox'} which
 * @param {{ dist: string, hosts: string[], grant?: string[], downloads: string, headless?: boolean,
 *   thirdParty?: boolean, language?: string }} wish `grant` holds match patterns; `hosts` every host name used.
 */
export async function launch(which, wish) {
  const { dist, hosts, grant = [], downloads, headless = true, thirdParty = true, language = 'fr' } = wish;
  const { folder, geckoId } = await extensionFor(dist, grant);
  const all = { folder, geckoId, downloads, headless, thirdParty, language, hosts };
  const driver = which === 'chromium' ? await chromium(all) : await gecko(all);
  await driver.manage().setTimeouts({ script: 60_000, pageLoad: 60_000 });
  const { base, debuggerAddress } =
    which === 'chromium' ? await chromiumBase(driver) : { base: `moz-extension://${FIREFOX_ADDRESS}/`, debuggerAddress: '' };
  const browser = new Browser(which, driver, base, debuggerAddress, folder);
  await browser.openConsole();
  // Debian's Firefox speaks English only: the language is chosen as a visitor would in the options.
  await browser.run("await api.storage.local.set({ 'setting:language': A[0] })", language);
  return browser;
}

/** A running browser. The first tab is an extension page: the console, in which every extension interface can be called. */
export class Browser {
  /** @param {string} which @param {import('selenium-webdriver').WebDriver} driver */
  constructor(which, driver, base, debuggerAddress, folder) {
    Object.assign(this, { which, driver, base, debuggerAddress, folder });
  }

  async openConsole() {
    await this.driver.get(`${this.base}options.html`);
    this.console = await this.driver.getWindowHandle();
  }

  /** Runs the body of an async function in the current page; `A` holds the arguments, `api` the extension interfaces. */
  async run(body, ...args) {
    const answer = JSON.parse(
      await this.driver.executeAsyncScript(
        `const done = arguments[arguments.length - 1], A = [...arguments].slice(0, -1);
         const api = globalThis.browser ?? globalThis.chrome;
         (async () => { ${body} })().then(
           (value) => done(JSON.stringify({ value })),
           (error) => done(JSON.stringify({ error: String(error?.stack ?? error) })));`,
        ...args,
      ),
    );
    if ('error' in answer) throw new Error(answer.error);
    return answer.value;
  }

  /** Runs in the console page, then returns to where it was. */
  async inConsole(body, ...args) {
    const here = await this.driver.getWindowHandle();
    await this.driver.switchTo().window(this.console);
    const value = await this.run(body, ...args);
    await this.driver.switchTo().window(here);
    return value;
  }

  /** Opens an address in a new tab and goes there. */
  async open(url) {
    await this.driver.switchTo().newWindow('tab');
    await this.driver.get(url);
    return this.driver.getWindowHandle();
  }

  /** The browser's number of the tab whose address begins so. */
  async tabOf(start) {
    return this.inConsole('return (await api.tabs.query({})).find((t) => t.url?.startsWith(A[0]))?.id', start);
  }

  /** The number of the tab opened last, also where the browser does not tell its address. */
  async newestTab() {
    return this.inConsole('return Math.max(...(await api.tabs.query({})).map((tab) => tab.id))');
  }

  /** Polls until the function gives something true; says what was awaited when it does not. */
  async until(what, test, ms = 15_000) {
    const end = Date.now() + ms;
    for (;;) {
      const value = await test();
      if (value) return value;
      if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what} (${this.which})`);
      await pause(50);
    }
  }

  /** Stops the background at once, as the browser does when it is idle. */
  async stopBackground() {
    if (this.which === 'firefox') {
      await this.driver.setContext('chrome');
      await this.driver.executeScript(
        `const policy = [...WebExtensionPolicy.getActiveExtensions()].find((p) => p.mozExtensionHostname === arguments[0]);
         return policy.extension.terminateBackground({ ignoreDevToolsAttached: true });`,
        FIREFOX_ADDRESS,
      );
      await this.driver.setContext('content');
      return;
    }
    const targets = await (await fetch(`http://${this.debuggerAddress}/json/list`)).json();
    const worker = targets.find((target) => target.type === 'service_worker' && target.url.startsWith(this.base));
    if (worker) await fetch(`http://${this.debuggerAddress}/json/close/${worker.id}`);
  }

  /** Resolves when the person has closed the browser. */
  async closed() {
    for (;;) {
      const open = await this.driver.getAllWindowHandles().catch(() => []);
      if (!open.length) return;
      await pause(500);
    }
  }

  async close() {
    await this.driver.quit();
    await rm(this.folder, { recursive: true, force: true });
  }
}
