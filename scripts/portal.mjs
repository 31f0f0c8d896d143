// Starts the demo portal and logs in to it as a visitor would.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { By, until } from 'selenium-webdriver';

const SERVE = fileURLToPath(new URL('../tests/portal/serve.py', import.meta.url));

/**
 * Resolves when the portal accepts connections. `sites` maps its keys to addresses; `stop()` ends it.
 * @param {string[]} options further options of serve.py
 */
export async function startPortal(options = []) {
  const server = spawn('python3', [SERVE, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => server.once('exit', done));
  for await (const line of createInterface({ input: server.stdout })) {
    const told = JSON.parse(line);
    const stop = () => (server.kill('SIGTERM'), ended);
    // Every request that the portal saw since it started.
    const requests = async () => (await readFile(told.requests, 'utf8')).trim().split('\n').filter(Boolean).map((l) => JSON.parse(l));
    return { ...told, stop, requests };
  }
  throw new Error(`The demo portal did not start (exit code ${await ended}).`);
}

/**
 * Leaves all four cookies of the charter: the log-in, the language, the preferences, and the CSRF token with them.
 * @param {import('selenium-webdriver').WebDriver} driver
 */
export async function useAsVisitor(driver, site, { user, password }) {
  const send = async (form, fill = async () => {}) => {
    const element = await driver.wait(until.elementLocated(By.css(`form#${form}`)), 10_000);
    await fill(element);
    await (await element.findElement(By.css('button'))).click();
    await driver.wait(until.stalenessOf(element), 10_000);
  };
  await driver.get(`${site}connexion/`);
  await send('login', async (form) => {
    await form.findElement(By.name('username')).sendKeys(user);
    await form.findElement(By.name('password')).sendKeys(password);
  });
  await driver.get(`${site}mes-cookies/`);
  await send('preferences', async (form) => {
    await form.findElement(By.css('input[value=refuse]')).click();
  });
  await driver.get(site);
  await send('language');
  await driver.get(site);
}
