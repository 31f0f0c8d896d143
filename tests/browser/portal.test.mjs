// The whole path: a real site sets cookies, its charter is found, fetched and read, each cookie is judged, shown and exported.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { By } from 'selenium-webdriver';
import { useAsVisitor } from '../../scripts/portal.mjs';
import { openPopup, popupRows } from '../../scripts/popup.mjs';
import { inBothBrowsers } from './site.mjs';

// The founding charter's own words.
const DECLARED = {
  cookies_preferences: '« Permet de se souvenir du choix opéré par le visiteur concernant les cookies »',
  csrftoken: '« Récupérer des données via des appels API »',
  django_language: '« Se souvenir de la langue du visiteur »',
  sessionid: "« Se souvenir de l'utilisateur d'une page à une autre. »",
};
const NAMES = Object.keys(DECLARED);

const visit = async ({ browser, portal }, key) => {
  await browser.open(portal.sites[key]);
  await useAsVisitor(browser.driver, portal.sites[key], portal);
  await openPopup(browser, portal.sites[key]);
  return popupRows(browser);
};

const badgeOf = (browser, address) =>
  browser.inConsole(
    'const tab = (await api.tabs.query({})).find((t) => t.url?.startsWith(A[0])); return api.action.getBadgeText({ tabId: tab.id })',
    address,
  );

async function saved({ browser, downloads }, format) {
  const before = new Set(await readdir(downloads));
  await browser.driver.findElement(By.css('[data-action="export-menu"]')).click();
  await browser.driver.findElement(By.css(`[data-export="${format}"]`)).click();
  const name = await browser.until(`the ${format} file`, async () =>
    (await readdir(downloads)).find((file) => !before.has(file) && file.endsWith(`.${format}`)));
  return browser.until('its content', async () => (await readFile(join(downloads, name), 'utf8')) || undefined);
}

inBothBrowsers('portal', (world) => {
  test('the four cookies are as declared, with the purposes word for word', async () => {
    const rows = await visit(world, 'plain');
    assert.deepEqual(rows.map((row) => row.name).sort(), NAMES);
    for (const row of rows) {
      assert.equal(row.purpose, DECLARED[row.name]);
      assert.equal(row.verdict, 'Comme déclaré');
      assert.equal(row.category, 'Nécessaires');
    }
    assert.equal(await badgeOf(world.browser, world.portal.sites.plain), '');
  });

  test('the charter was fetched once, without credentials, and nothing else was asked for', async () => {
    const { hostname } = new URL(world.portal.sites.plain);
    const asked = (await world.portal.requests()).filter((r) => r.host.startsWith(hostname) && r.path === '/charte-cookies/');
    assert.ok(asked.length >= 1, 'the charter was never asked for');
    assert.ok(asked.every((request) => request.cookie === false), 'a cookie went along with the fetch');
  });

  test('the leaky portal shows exactly two more, not declared, one of a third party', async () => {
    const rows = await visit(world, 'leaky');
    const more = rows.filter((row) => !NAMES.includes(row.name));
    assert.deepEqual(more.map((row) => row.name).sort(), ['VISITOR_INFO1_LIVE', '_ga']);
    assert.ok(more.every((row) => row.verdict === 'Non déclaré'));
    assert.equal(rows.length, 6);
    assert.equal(await badgeOf(world.browser, world.portal.sites.leaky), '2');
  });

  test('both files hold the rows of the screen, and no value', async () => {
    const shown = (await popupRows(world.browser)).map((row) => row.name).sort();
    const json = JSON.parse(await saved(world, 'json'));
    assert.deepEqual(json.rows.map((row) => row.stored.name).sort(), shown);
    assert.equal(json.totals.not_declared, 2);
    assert.equal(json.rows.filter((row) => row.party === 'third').length, 1);
    const csv = await saved(world, 'csv');
    for (const name of shown) assert.ok(csv.includes(name), `${name} is not in the CSV`);
    const cookies = await world.browser.inConsole('return (await api.cookies.getAll({ partitionKey: {} })).map((c) => c.value)');
    for (const value of cookies.filter((v) => v.length > 8)) {
      assert.ok(!csv.includes(value) && !JSON.stringify(json).includes(value), 'a value left the browser');
    }
  });
});
