// What the browser holds for one page: cookies asked for by address, of every host that the page talked to.
// By address because Chromium walks the whole jar for any other question.
import { api, isFirefox } from './api.js';
import { hostOf, hostPattern, sitePattern } from './addresses.js';
import { granted } from './access.js';

/**
 * @import { Observation, Environment } from './core/core.js'
 * @import { FrameFacts } from './messages.js'
 * @typedef {chrome.cookies.Cookie & { firstPartyDomain?: string }} Cookie
 * @typedef {(host: string) => string} SiteOf host -> registrable domain, or the host itself
 * @typedef {{ observations: Observation[], hosts: string[], hidden: string[] }} Seen
 */

/** Most hosts asked about, and most addresses asked about for each: cookies with a path of their own are rare. */
const HOSTS = 200;
const ADDRESSES = 12;

/**
 * Looks at every frame of a tab that the extension may enter. The top frame comes first.
 * @param {number} tab
 * @returns {Promise<FrameFacts[]>} empty when the browser lets no extension look at the page
 */
export async function lookAtPage(tab) {
  const target = { tabId: tab, allFrames: true };
  try {
    await api.scripting.executeScript({ target, files: ['content.js'] });
    const answers = await api.scripting.executeScript({ target, func: () => /** @type {any} */ (globalThis).cookieCharterFrame?.() });
    return answers
      .filter((answer) => answer.result)
      .sort((a, b) => a.frameId - b.frameId)
      .map((answer) => /** @type {FrameFacts} */ (answer.result));
  } catch (error) {
    console.info('The page cannot be looked at:', error);
    return [];
  }
}

/**
 * Host -> the addresses of it that the page or its frames were seen to use, one for each folder.
 * @param {string} url @param {FrameFacts[]} frames
 */
export function addressesByHost(url, frames) {
  /** @type {Map<string, Set<string>>} */
  const hosts = new Map();
  const pages = [url, ...frames.flatMap((frame) => [frame.url, ...frame.frames])];
  const folders = frames.flatMap((frame) => frame.resources).map((address) => new URL('.', address).href);
  for (const address of [...pages, ...folders]) {
    const host = hostOf(address);
    if (!host || (!hosts.has(host) && hosts.size >= HOSTS)) continue;
    const known = hosts.get(host) ?? new Set();
    if (known.size < ADDRESSES) known.add(address);
    hosts.set(host, known);
  }
  return hosts;
}

/**
 * All cookies of the page and of the hosts it talked to.
 * @param {chrome.tabs.Tab} tab
 * @param {FrameFacts[]} frames
 * @param {SiteOf} siteOf
 * @returns {Promise<Seen>}
 */
export async function observe(tab, frames, siteOf) {
  const url = tab.url ?? '';
  const site = siteOf(hostOf(url));
  const byHost = addressesByHost(url, frames);
  const hosts = [...byHost.keys()];
  const [storeId, ...open] = await Promise.all([storeOf(tab), ...hosts.map((host) => granted([hostPattern(`https://${bracketed(host)}`)]))]);
  const addresses = hosts.filter((_, i) => open[i]).flatMap((host) => [...(byHost.get(host) ?? [])]);
  const answers = await Promise.all(addresses.map((address) => cookiesFor(address, storeId)));
  const access = new Map(frames.filter((f) => f.storage_access !== undefined).map((f) => [siteOf(hostOf(f.url)), f.storage_access]));
  /** @type {Map<string, Cookie>} */
  const cookies = new Map();
  for (const cookie of answers.flat()) {
    const theirs = siteOf(hostOfCookie(cookie));
    if (reachesPage(cookie, { site, theirs, access: access.get(theirs), firefox: isFirefox })) cookies.set(keyOf(cookie), cookie);
  }
  const hidden = hosts.filter((_, i) => !open[i]);
  // Chromium keeps a domain cookie from whoever may not read the parent domain itself.
  if (!isFirefox && !hidden.includes(site) && !(await granted([sitePattern(site)]))) hidden.unshift(site);
  return { observations: [...cookies.values()].map(observation), hosts, hidden };
}

/** @param {string} host */
const bracketed = (host) => (host.includes(':') ? `[${host}]` : host);

/** @param {Cookie} cookie */
const hostOfCookie = (cookie) => cookie.domain.replace(/^\./, '');

/** @param {Cookie} c */
const keyOf = (c) => JSON.stringify([c.name, c.domain, c.path, c.storeId, c.partitionKey ?? null, c.firstPartyDomain ?? '']);

/**
 * The cookie store of the tab: its container or private window.
 * @param {chrome.tabs.Tab & { cookieStoreId?: string }} tab
 */
async function storeOf(tab) {
  if (tab.cookieStoreId) return tab.cookieStoreId;
  const stores = await api.cookies.getAllCookieStores();
  return stores.find((store) => tab.id !== undefined && store.tabIds.includes(tab.id))?.id;
}

/**
 * Cookies that the browser would send to an address, in every partition.
 * @param {string} url @param {string | undefined} storeId
 * @returns {Promise<Cookie[]>}
 */
async function cookiesFor(url, storeId) {
  const ask = { url, partitionKey: {}, ...(storeId === undefined ? {} : { storeId }) };
  // With first-party isolation Firefox answers only when told that any first party will do; Chromium knows no such field.
  return api.cookies.getAll(isFirefox ? /** @type {any} */ ({ ...ask, firstPartyDomain: null }) : ask);
}

/**
 * Whether the browser lets this page, or a frame in it, use the cookie: the jar also holds what other sites' visits left.
 *
 * A partitioned cookie belongs to one top-level site. An unpartitioned one of a third party is used only where third-party
 * cookies are allowed, which a frame of that party tells; without such a frame, Firefox partitions by default and Chromium
 * does not. `SameSite` keeps it from other sites in any case; a cookie without it counts as `Lax` in Chromium only.
 * @param {Pick<Cookie, 'partitionKey' | 'firstPartyDomain' | 'sameSite'>} cookie
 * @param {{ site: string, theirs: string, access: boolean | undefined, firefox: boolean }} where
 */
export function reachesPage(cookie, { site, theirs, access, firefox }) {
  const top = cookie.partitionKey?.topLevelSite;
  if (top) return hostOf(top) === site;
  if (cookie.firstPartyDomain) return hostOf(`https://${cookie.firstPartyDomain}`) === site;
  if (theirs === site) return true;
  const crossSite = cookie.sameSite === 'no_restriction' || (firefox && cookie.sameSite === 'unspecified');
  return crossSite && (access ?? !firefox);
}

/**
 * @param {Cookie} cookie
 * @returns {Observation}
 */
export function observation(cookie) {
  const sameSite = /** @type {const} */ ({ no_restriction: 'none', lax: 'lax', strict: 'strict', unspecified: undefined })[cookie.sameSite];
  return {
    kind: 'cookie',
    name: cookie.name,
    value: cookie.value,
    host: hostOfCookie(cookie),
    host_only: cookie.hostOnly,
    path: cookie.path,
    secure: cookie.secure,
    http_only: cookie.httpOnly,
    same_site: sameSite,
    partition_key: cookie.partitionKey?.topLevelSite,
    store: cookie.storeId,
    expires: cookie.expirationDate,
  };
}

/**
 * The value of one cookie, for a visitor who wants values shown. It goes to the screen and nowhere else.
 * @param {import('./core/core.js').Stored} stored
 */
export async function valueOf(stored) {
  if (stored.kind !== 'cookie') return undefined;
  const scheme = stored.secure ? 'https' : 'http';
  const found = await cookiesFor(`${scheme}://${bracketed(stored.host)}${stored.path}`, stored.store);
  return found.find(
    (cookie) =>
      cookie.name === stored.name && cookie.path === stored.path && hostOfCookie(cookie) === stored.host && cookie.partitionKey?.topLevelSite === stored.partition_key,
  )?.value;
}

/** Who looks: browser with its main version, and version of the extension. @returns {Environment} */
export function environment() {
  const found = /(Firefox|Edg|OPR|Chrome)\/(\d+)/.exec(navigator.userAgent);
  const brands = /** @type {{ brand: string, version: string }[]} */ (/** @type {any} */ (navigator).userAgentData?.brands ?? []);
  const brand = brands.find(({ brand }) => /^[A-Z]\w+( \w+)*$/.test(brand) && brand !== 'Chromium') ?? brands.find(({ brand }) => brand === 'Chromium');
  const browser = brand ? `${brand.brand} ${brand.version}` : found ? `${found[1]} ${found[2]}` : '';
  return { browser, version: api.runtime.getManifest().version };
}
