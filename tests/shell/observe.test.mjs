// Which cookies of the jar belong to the page, and how one is handed to the core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesByHost, observation, reachesPage } from '../../extension/observe.js';

const cookie = (facts) => ({ name: 'a', value: 'v', domain: '.player.example', hostOnly: false, path: '/', secure: true, httpOnly: true, session: false, storeId: '0', sameSite: 'no_restriction', expirationDate: 2e9, ...facts });
const own = { site: 'city.example', theirs: 'city.example', access: undefined, firefox: false };
const third = { site: 'city.example', theirs: 'player.example', access: undefined, firefox: false };

test('the site’s own cookies reach it, whatever their SameSite', () => {
  assert.ok(reachesPage(cookie({ sameSite: 'strict' }), own));
  assert.ok(reachesPage(cookie({ sameSite: 'lax' }), { ...own, firefox: true }));
});

test('a partitioned cookie belongs to one top-level site', () => {
  assert.ok(reachesPage(cookie({ partitionKey: { topLevelSite: 'https://city.example' } }), third));
  assert.ok(!reachesPage(cookie({ partitionKey: { topLevelSite: 'https://elsewhere.example' } }), third));
  assert.ok(!reachesPage(cookie({ partitionKey: { topLevelSite: 'https://elsewhere.example' } }), own));
});

test('first-party isolation keeps sites apart', () => {
  assert.ok(reachesPage(cookie({ firstPartyDomain: 'city.example' }), { ...third, firefox: true }));
  assert.ok(!reachesPage(cookie({ firstPartyDomain: 'elsewhere.example' }), { ...third, firefox: true }));
  assert.ok(reachesPage(cookie({ firstPartyDomain: '' }), { ...own, firefox: true }));
});

test('an unpartitioned third-party cookie reaches the page only where the browser lets it', () => {
  assert.ok(reachesPage(cookie({}), third));
  assert.ok(!reachesPage(cookie({}), { ...third, access: false }));
  assert.ok(!reachesPage(cookie({}), { ...third, firefox: true }), 'left by a visit to that site itself');
  assert.ok(reachesPage(cookie({}), { ...third, firefox: true, access: true }));
  assert.ok(!reachesPage(cookie({ sameSite: 'lax' }), { ...third, access: true }));
  assert.ok(!reachesPage(cookie({ sameSite: 'unspecified' }), { ...third, access: true }), 'Chromium takes silence for Lax');
  assert.ok(reachesPage(cookie({ sameSite: 'unspecified' }), { ...third, access: true, firefox: true }));
});

test('a cookie is handed over in the browser’s own terms', () => {
  assert.deepEqual(observation(cookie({ partitionKey: { topLevelSite: 'https://city.example' } })), {
    kind: 'cookie', name: 'a', value: 'v', host: 'player.example', host_only: false, path: '/', secure: true, http_only: true,
    same_site: 'none', partition_key: 'https://city.example', store: '0', expires: 2e9,
  });
  assert.equal(observation(cookie({ sameSite: 'unspecified' })).same_site, undefined);
});

test('hosts are those of the page, its frames and what they loaded, one address for each folder', () => {
  const frame = {
    url: 'https://city.example/a/page', title: '', links: [], frames: ['https://player.example/embed'],
    resources: ['https://cdn.example/js/a.js', 'https://cdn.example/js/b.js?v=/1/2', 'https://cdn.example/img/c.png'],
  };
  const hosts = addressesByHost('https://city.example/a/page', [frame]);
  assert.deepEqual([...hosts.keys()], ['city.example', 'player.example', 'cdn.example']);
  assert.deepEqual([...hosts.get('cdn.example')], ['https://cdn.example/js/', 'https://cdn.example/img/']);
});
