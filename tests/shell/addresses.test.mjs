// Which addresses the extension asks for on behalf of a page, and which never.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostPattern, isLocal, pageKind, safeLink, sitePattern, whyNotFetch, withoutFragment } from '../../extension/addresses.js';

const site = (host) => host.split('.').slice(-2).join('.');
const PAGE = 'https://www.city.example/start';
const own = (host) => site(host) === 'city.example';
const any = () => true;

test('kinds of pages', () => {
  assert.equal(pageKind('https://city.example/'), 'site');
  assert.equal(pageKind('http://localhost:8000/'), 'site');
  assert.equal(pageKind('file:///home/me/page.html'), 'file');
  for (const address of ['about:blank', 'chrome://newtab/', 'moz-extension://x/y', 'view-source:https://a.example', '', undefined]) {
    assert.equal(pageKind(address), 'browser', String(address));
  }
});

const cases = [
  ['https://www.city.example/cookies', undefined],
  ['http://city.example/cookies', undefined],
  ['https://legal.city.example:8443/cookies', undefined],
  ['https://other.example/cookies', 'other_site'],
  ['ftp://www.city.example/cookies', 'forbidden'],
  ['javascript:alert(1)', 'forbidden'],
  ['data:text/html,x', 'forbidden'],
  ['file:///etc/passwd', 'forbidden'],
  ['https://me:secret@www.city.example/', 'forbidden'],
  ['http://localhost/', 'forbidden'],
  ['http://printer/', 'forbidden'],
  ['http://nas.local/', 'forbidden'],
  ['http://router.home.arpa/', 'forbidden'],
  ['http://app.localhost/', 'forbidden'],
  ['http://127.0.0.1/', 'forbidden'],
  ['http://2130706433/', 'forbidden'],
  ['http://0x7f.1/', 'forbidden'],
  ['http://192.168.1.1/', 'forbidden'],
  ['http://169.254.169.254/latest/meta-data/', 'forbidden'],
  ['http://[::1]/', 'forbidden'],
  ['http://[fd00::1]/', 'forbidden'],
  ['http://93.184.216.34/', 'forbidden'],
  [`https://www.city.example/${'x'.repeat(3000)}`, 'forbidden'],
];
for (const [address, expected] of cases) {
  test(`from a public page: ${address.slice(0, 60)} is ${expected ?? 'asked for'}`, () => assert.equal(whyNotFetch(address, PAGE, own), expected));
}

test('an address that the visitor gave may lie on another site, but never in the neighbourhood', () => {
  assert.equal(whyNotFetch('https://other.example/cookies', PAGE, any), undefined);
  assert.equal(whyNotFetch('http://192.168.1.1/', PAGE, any), 'forbidden');
});

test('a page in the neighbourhood may have its charter on its own host only', () => {
  assert.equal(whyNotFetch('http://localhost:8000/cookies', 'http://localhost:3000/', any), undefined);
  assert.equal(whyNotFetch('http://[::1]/cookies', 'http://[::1]:3000/', any), undefined);
  assert.equal(whyNotFetch('http://127.0.0.2/cookies', 'http://127.0.0.1/', any), 'forbidden');
  assert.equal(whyNotFetch('http://printer/cookies', 'http://nas/', any), 'forbidden');
});

test('a name with a dot is public, whatever it resolves to', () => {
  assert.equal(isLocal('donnees.rivebelle.example'), false);
  assert.equal(isLocal('local.example.com'), false);
  assert.equal(isLocal('localhost.'), true);
});

test('patterns', () => {
  assert.equal(sitePattern('city.example'), '*://*.city.example/*');
  assert.equal(sitePattern('localhost'), '*://localhost/*');
  assert.equal(sitePattern('127.0.0.1'), '*://127.0.0.1/*');
  assert.equal(sitePattern('::1'), '*://[::1]/*');
  assert.equal(hostPattern('https://www.city.example:8443/a'), '*://www.city.example/*');
});

test('links lead to the web only', () => {
  assert.equal(safeLink('https://city.example/a b'), 'https://city.example/a%20b');
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'not an address', '', undefined]) assert.equal(safeLink(address), undefined, String(address));
});

test('two fragments of one page are one page', () => {
  assert.equal(withoutFragment('https://a.example/x?y#z'), 'https://a.example/x?y');
});
