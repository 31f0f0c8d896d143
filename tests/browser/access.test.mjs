// Without access the popup sees nothing and says so; the button asks for one site; a stopped background loses nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPopup, openPopupOf, popupRows } from '../../scripts/popup.mjs';
import { inBothBrowsers } from './site.mjs';

inBothBrowsers('access', (world) => {
  test('no access: the popup says what it would do and offers one button', async () => {
    const { browser, portal } = world;
    await browser.open(portal.sites.plain);
    // Without access the browser does not tell the addresses of tabs: the page is the newest one.
    const state = await openPopupOf(browser, await browser.newestTab());
    assert.ok(['no_access', 'closed', 'browser'].includes(state), state);
    assert.deepEqual(await popupRows(browser), []);
  });
}, { grant: [] });

inBothBrowsers('background', (world) => {
  test('stopped between the page and the popup, the list is the same', async () => {
    const { browser, portal } = world;
    await browser.open(portal.sites.plain);
    await openPopup(browser, portal.sites.plain);
    const before = await popupRows(browser);
    assert.ok(before.length > 0);
    await browser.stopBackground();
    await openPopup(browser, portal.sites.plain);
    assert.deepEqual(await popupRows(browser), before);
  });
});
