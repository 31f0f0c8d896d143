// The probe of page objects, in a page made of hostile objects: it ends, it is bounded, it never throws, it runs nothing of
// the page but the named reading functions.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import vm from 'node:vm';

const source = await readFile(new URL('../../extension/platform-probe.js', import.meta.url), 'utf8');

/**
 * Runs the probe in a page with these globals and gives what the extension would receive.
 * @param {string} setup code of the page
 * @param {{ scripts?: any[], elements?: Record<string, any[]> }} [dom]
 */
async function probe(setup, { scripts = [], elements = {} } = {}) {
  const document = {
    documentElement: { lang: 'fr-FR' },
    scripts,
    querySelector: () => null,
    querySelectorAll: (/** @type {string} */ selectors) => selectors.split(',').flatMap((one) => elements[one] ?? []),
  };
  const performance = { now: () => Date.now(), getEntriesByType: () => [{ name: 'https://cdn.example/a.js?x=1' }] };
  const page = vm.createContext({ document, performance, setTimeout, console });
  vm.runInContext('var window = globalThis; class Node {} class Window {}', page);
  vm.runInContext(setup, page);
  return structuredClone(await vm.runInContext(source, page));
}

test('copies what platforms keep, and nothing else', async () => {
  const found = await probe(`
    var CookieConsentDialog = { cookieTableNecessary: [['_a', 'a.example', 'Why.', '1 day', 'HTTP Cookie', '1']], secret: 'no' };
    var klaroConfig = { services: [{ name: 'x', cookies: [/^_x/i, 'y', [/z/, '/', 'a.example']], callback() {} }] };
    var complianz = { region: 'eu', nonce: 'secret', page_links: { eu: { 'cookie-statement': { title: 'T', url: 'https://a.example/c' } } } };
    var dataLayer = [{ user: 'secret' }];`);
  assert.equal(found.language, 'fr-FR');
  assert.deepEqual(found.resources, ['https://cdn.example/a.js?x=1']);
  assert.deepEqual(Object.keys(found.platforms), ['cookiebot', 'complianz', 'klaro']);
  const { cookiebot, complianz, klaro } = found.platforms;
  assert.deepEqual(cookiebot.values, { 'CookieConsentDialog.cookieTableNecessary': [['_a', 'a.example', 'Why.', '1 day', 'HTTP Cookie', '1']] });
  assert.deepEqual(complianz.values.complianz, { region: 'eu', page_links: { eu: { 'cookie-statement': { url: 'https://a.example/c' } } } });
  assert.deepEqual(klaro.values.klaroConfig.services[0], {
    name: 'x',
    cookies: [{ regex: '^_x', flags: 'i' }, 'y', [{ regex: 'z', flags: '' }, '/', 'a.example']],
  });
});

test('asks the reading functions, waits for late answers and gives up on those that never come', async () => {
  const found = await probe(`
    var asked = 0;
    var OneTrust = { GetDomainData() { asked += 1; return { Groups: [{ GroupName: 'G', CustomGroupId: this === OneTrust ? 'own' : 'lost' }] }; } };
    var UC_UI = { getServicesFullInfo: async () => [{ name: 'S' }], getActiveLanguage: () => 'de' };
    var Didomi = { getVendors: () => new Promise(() => {}) };
    var _iub = { csConfiguration: { get cookiePolicyId() { return asked; } } };
    var __tcfapi = (command, version, done) => { if (command === 'getVendorList') done({ vendors: { 7: { id: 7, name: 'V', policy: 'long' } } }, true); };`);
  const { onetrust, usercentrics, didomi, iubenda, tcf } = found.platforms;
  assert.deepEqual(onetrust.values['OneTrust.GetDomainData().Groups'], [{ GroupName: 'G', CustomGroupId: 'own' }]);
  assert.deepEqual(usercentrics.values, { 'UC_UI.getServicesFullInfo()': [{ name: 'S' }], 'UC_UI.getActiveLanguage()': 'de' });
  assert.equal(didomi, undefined);
  assert.equal(iubenda.values['_iub.csConfiguration'].cookiePolicyId, 1);
  assert.deepEqual(tcf.values['__tcfapi.getVendorList'], { vendors: { 7: { id: 7, name: 'V' } } });
});

test('survives getters that throw, cycles, revoked proxies and rejected promises', async () => {
  const found = await probe(`
    var axeptioSettings = { get clientId() { throw new Error('no'); }, cookiesVersion: 'v' };
    var klaroConfig = { services: [{ name: 'a' }] };
    klaroConfig.self = klaroConfig; klaroConfig.services.push(klaroConfig, klaroConfig.services);
    var gone = Proxy.revocable({}, {}); gone.revoke(); klaroConfig.gone = gone.proxy; klaroConfig.list = [gone.proxy];
    Object.defineProperty(globalThis, 'complianz', { get() { throw new Error('no'); } });
    Object.defineProperty(globalThis, 'OneTrust', { value: new Proxy({}, { get() { throw new Error('no'); } }) });
    var UC_UI = { getServicesFullInfo: () => Promise.reject(new Error('no')), getActiveLanguage() { throw 1; } };
    var Didomi = { getVendors: () => ({ get then() { throw new Error('no'); }, id: 'x' }) };
    var _ckyStore = { _categories: { toJSON() { throw new Error('no'); }, slug: 'x', __proto__: { inherited: 1 } } };
    var tarteaucitron = { job: ['__proto__'], services: JSON.parse('{"__proto__": {"name": "n"}}') };`);
  assert.deepEqual(found.platforms.axeptio.values.axeptioSettings, { cookiesVersion: 'v' });
  assert.deepEqual(found.platforms.klaro.values.klaroConfig.services, [{ name: 'a' }, null, null]);
  assert.deepEqual(found.platforms.cookieyes.values['_ckyStore._categories'], { slug: 'x' });
  assert.equal(found.platforms.complianz, undefined);
  assert.equal(found.platforms.onetrust, undefined);
  assert.equal({}.name, undefined);
});

/** Number of values in a plain copy. @param {any} value @returns {number} */
const size = (value) => (typeof value === 'object' && value !== null ? Object.values(value).reduce((sum, one) => sum + size(one), 1) : 1);

test('a million rows, endless depth and endless text are cut', async () => {
  const wide = await probe(`var klaroConfig = { services: Array.from({ length: 1e6 }, (_, i) => ({ name: 's' + i })) };`);
  const services = wide.platforms.klaro.values.klaroConfig.services;
  assert.ok(size(services) <= 20_010 && services.length > 5_000, `${services.length} services`);

  const started = Date.now();
  const deep = await probe(`
    const endless = () => new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: (_, key) => (typeof key === 'symbol' ? undefined : endless()) });
    var klaroConfig = endless(); var tarteaucitron = { job: { length: Infinity } };`);
  assert.ok(Date.now() - started < 6_000);
  assert.ok(size(deep) < 20_500);

  const long = await probe(`var klaroConfig = { services: Array.from({ length: 1000 }, () => 'x'.repeat(1e6)) };`);
  assert.ok(JSON.stringify(long).length < 2_200_000);
});

test('a getter that takes its time is given up with the rest', async () => {
  const started = Date.now();
  await probe(`
    const slow = {}; for (let i = 0; i < 1000; i += 1) Object.defineProperty(slow, 'k' + i, { enumerable: true, get() { const end = Date.now() + 50; while (Date.now() < end); return 1; } });
    var klaroConfig = slow;`);
  assert.ok(Date.now() - started < 8_000);
});

test('markup is taken once, filled only, and bounded', async () => {
  const inner = { childElementCount: 1, parentElement: null, getElementsByTagName: () => ({ length: 3 }), outerHTML: '<div class=CookieDeclaration>x</div>' };
  const nested = { ...inner, parentElement: { closest: () => inner } };
  const empty = { ...inner, childElementCount: 0 };
  const huge = { ...inner, outerHTML: 'x'.repeat(5_000_000) };
  const found = await probe('', { elements: { '.CookieDeclaration': [inner, nested, empty], '#cc-main': [huge] } });
  assert.deepEqual(found.platforms.cookiebot.html, ['<div class=CookieDeclaration>x</div>']);
  assert.equal(found.platforms.cookieconsent.html[0].length, 600_000);
});

test('scripts show their address, id and data attributes only', async () => {
  const script = (/** @type {string} */ src, /** @type {[string, string][]} */ attributes) => ({ src, attributes: attributes.map(([name, value]) => ({ name, value })) });
  const found = await probe('', {
    scripts: [script('https://consent.example/uc.js', [['id', 'Cookiebot'], ['data-cbid', 'abc'], ['nonce', 'secret']]), script('', [['type', 'module']])],
  });
  assert.deepEqual(found.scripts, [{ src: 'https://consent.example/uc.js', attributes: { id: 'Cookiebot', 'data-cbid': 'abc' } }]);
});
