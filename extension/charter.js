// Comes by the documents in which a site may declare its cookies: named by the visitor, remembered, or found by a link.
import { hostOf, withoutFragment } from './addresses.js';
import { api } from './api.js';
import { fetchDocument, sha256 } from './fetch.js';
import { platformDocuments } from './platforms.js';
import { documentAt, keepDocument } from './store.js';

/**
 * @import { PageSource } from './core/core.js'
 * @import { CharterChoice, FrameFacts, Progress } from './messages.js'
 * @import { Fetched, Wish } from './fetch.js'
 * @typedef {Awaited<ReturnType<typeof import('./core.js').core>>} Core
 * @typedef {object} Search
 * @property {Core} core
 * @property {string} url address of the page
 * @property {number} tab
 * @property {FrameFacts | undefined} top
 * @property {(host: string) => string} siteOf
 * @property {CharterChoice | undefined} choice
 * @property {boolean} again true when kept documents are to be asked for anew
 * @property {boolean} read set by the reader, once the documents given so far name cookies
 * @property {(progress: Progress) => void} tell
 * @property {AbortSignal} signal
 */

/** Pages of the site asked for in one reading, at most. */
const PAGES = 4;
/** How long a fetched document, and a failure, stand before they are asked for again. */
const FRESH = 60 * 60_000;
const FRESH_FAILURE = 5 * 60_000;

/**
 * Documents in the order in which they deserve to be read, a few at a time.
 * @param {Search} search
 * @returns {AsyncGenerator<Fetched[]>}
 */
export async function* documents(search) {
  const { choice, url } = search;
  if (choice?.from === 'text') {
    yield [await written(choice.text, { url: '', found_by: 'pasted' })];
  } else if (choice?.from === 'this_page') {
    yield [await written(await textOfPage(search.tab), { url, found_by: 'this_page', content_type: 'text/html; charset=utf-8' })];
  } else if (choice?.from === 'address') {
    yield [await fetched(search, { url: choice.address, found_by: 'given', mayAsk: () => true })];
  } else if (search.top) {
    yield* found(search, search.top);
  }
}

/** @param {Search} search @param {FrameFacts} top @returns {AsyncGenerator<Fetched[]>} */
async function* found(search, top) {
  const { core, url } = search;
  const own = (/** @type {string} */ host) => search.siteOf(host) === search.siteOf(hostOf(url));
  const platforms = await platformDocuments(core, search, (address, platform) =>
    fetched(search, { url: address, found_by: 'platform', platform, mayAsk: (host) => own(host) || core.is_platform_host(host) }),
  );
  if (platforms.documents.length) yield platforms.documents;

  const links = core.charter_links({ url, language: top.language, visitor_languages: [...navigator.languages], links: top.links });
  /** @type {Pick<Wish, 'url' | 'found_by' | 'link_text'>[]} */
  const waiting = [
    ...platforms.links.map((address) => ({ url: address, found_by: /** @type {const} */ ('platform') })),
    ...links.map((link) => ({ url: link.url, found_by: /** @type {const} */ ('link'), link_text: link.text })),
  ];
  // A guess is made only where nothing on the page leads anywhere.
  if (!waiting.length && !platforms.documents.length) {
    waiting.push(...core.usual_addresses(url, top.language).map((address) => ({ url: address, found_by: /** @type {const} */ ('guess') })));
  }
  const seen = new Set();
  // What a platform lists, the site's own page explains and may contradict: one page is read beside it.
  const most = search.read ? 1 : PAGES;
  for (let wish = waiting.shift(); wish && seen.size < most && !search.signal.aborted; wish = waiting.shift()) {
    const address = withoutFragment(new URL(wish.url, url).href);
    if (seen.has(address)) continue;
    seen.add(address);
    if (wish.link_text) search.tell({ step: 'link', text: wish.link_text });
    const document = await fetched(search, { ...wish, url: address, mayAsk: own });
    yield [document];
    if (search.read) return;
    // A privacy policy often only says where the charter is.
    const onward = document.source.failure ? [] : core.links_on(document.source, document.bytes);
    waiting.unshift(...onward.slice(0, 2).map((link) => ({ url: link.url, found_by: /** @type {const} */ ('followed'), link_text: link.text })));
  }
}

/**
 * @param {Search} search
 * @param {Omit<Wish, 'page' | 'signal'>} wish
 * @returns {Promise<Fetched>}
 */
async function fetched(search, wish) {
  const kept = search.again ? undefined : await documentAt(wish.url);
  const fresh = kept && Date.now() - kept.at < (kept.source.failure ? FRESH_FAILURE : FRESH);
  const { found_by, link_text, platform } = wish;
  if (fresh) return { source: { ...kept.source, found_by, link_text, platform }, bytes: fromBase64(kept.body) };
  search.tell({ step: 'fetching', address: wish.url });
  const document = await fetchDocument({ ...wish, page: search.url, signal: search.signal });
  if (document.source.failure !== 'cancelled') {
    await keepDocument(wish.url, { source: document.source, body: toBase64(document.bytes), at: Date.now() });
  }
  return document;
}

/**
 * A document that was not fetched.
 * @param {string} text @param {Partial<PageSource>} facts
 * @returns {Promise<Fetched>}
 */
async function written(text, facts) {
  const sum = await sha256(new TextEncoder().encode(text));
  return { source: { status: 200, content_type: 'text/plain', ...facts, text, sha256: sum, fetched: Date.now() }, bytes: new Uint8Array() };
}

/** The page in front of the visitor, as it stands now. @param {number} tab */
async function textOfPage(tab) {
  const [answer] = await api.scripting.executeScript({ target: { tabId: tab }, func: () => document.documentElement.outerHTML });
  return /** @type {string} */ (answer?.result ?? '');
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  const PIECE = 32_768;
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

/** @param {string} text */
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
