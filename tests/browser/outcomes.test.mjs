// What the popup says when the charter cannot be had: a state for each reason, the cookies still listed, nothing "as declared".
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPopup, openPopupOf, popupRows } from '../../scripts/popup.mjs';
import { inBothBrowsers } from './site.mjs';

const LEAD = {
  not_found: 'Aucune charte trouvée.',
  unreachable: 'La charte ne répond pas.',
  unreadable: 'Nous n’avons pas su lire la charte.',
  lists_nothing: 'La charte ne nomme aucun cookie.',
};

// Key of the portal's site, state of the popup, and what the sentence must say.
const CASES = [
  ['no_link', 'not_found', /Aucun lien/],
  ['not_found', 'unreachable', /404/],
  ['broken', 'unreachable', /500/],
  ['elsewhere', 'unreachable', /autre site/],
  ['empty', 'unreadable', /vide/],
  ['pdf', 'unreadable', /limite de l’extension/],
  ['silent', 'lists_nothing', /./],
];

const said = (browser) => browser.run(`return document.querySelector('.state')?.innerText ?? ''`);

inBothBrowsers('outcomes', (world) => {
  for (const [key, state, sentence] of CASES) {
    test(`charter ${key}: ${state}`, async () => {
      const { browser, portal } = world;
      await browser.open(portal.sites[key]);
      assert.equal(await openPopup(browser, portal.sites[key]), state);
      const text = await said(browser);
      assert.ok(text.startsWith(LEAD[state]), text);
      assert.match(text, sentence);
      const rows = await popupRows(browser);
      assert.ok(rows.some((row) => row.name === 'csrftoken'), 'the cookies are not listed');
      assert.ok(rows.every((row) => row.verdict !== 'Comme déclaré'), 'a false green');
    });
  }

  test('a charter that does not answer is a time-out, said as such', async () => {
    const { browser, portal } = world;
    await browser.open(portal.sites.slow);
    assert.equal(await openPopup(browser, portal.sites.slow), 'unreachable');
    assert.match(await said(browser), /Pas de réponse/);
  });

  test('a site without cookies gets a calm sentence', async () => {
    const { browser, portal } = world;
    await browser.open(portal.sites.no_cookie);
    assert.equal(await openPopup(browser, portal.sites.no_cookie), 'no_cookies');
    assert.match(await said(browser), /aucun cookie/);
  });

  test('a page of the browser has nothing to read', async () => {
    const { browser } = world;
    await browser.open('about:blank');
    assert.ok(['browser', 'closed'].includes(await openPopupOf(browser, await browser.newestTab())));
  });
});
