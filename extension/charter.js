// Comes by the documents in which a site may declare its cookies: named by the visitor, remembered, or found by a link.
import { withoutFragment } from './addresses.js';
import { api } from './api.js';
import { fetchDocument, sha256 } from './fetch.js';
import { documentAt, keepDocument } from './store.js';

/**
 * @import { FoundBy, PageSource, LinkCandidate } from './core/core.js'
 * @import { CharterChoice, FrameFacts, Progress } from './messages.js'
 * @import { Fetched } from './fetch.js'
 * @typedef {Awaited<ReturnType<typeof import('./core.js').core>>} Core
 * @typedef {object} Search
 * @property {Core} core
 * @property {string} url address of the page
 * @property {number} tab
 * @property {FrameFacts | undefined} top
 * @property {(host: string, other: string) => boolean} sameSite
 * @property {CharterChoice | undefined} choice
 * @property {boolean} again true when kept documents are to be asked for anew
 * @property {(progress: Progress) => void} tell
 * @property {AbortSignal} signal
 */

/** Documents asked for in one reading, at most. */
export const MOST = 4;
/** How long a fetched document, and a failure, stand before they are asked for again. */
const FRESH = 60 * 60_000;
const FRESH_FAILURE = 5 * 60_000;

/**
 * Documents one by one, in the order in which they deserve to be read. The caller stops when it has read enough.
 * @param {Search} search
 * @returns {AsyncGenerator<Fetched>}
 */
export async function* documents(search) {
  const { choice, core, top, url, signal } = search;
  if (choice?.from === 'text') {
    yield written(choice.text, { url: '', found_by: 'pasted' });
  } else if (choice?.from === 'this_page') {
    yield written(await textOfPage(search.tab), { url, found_by: 'this_page', content_type: 'text/html; charset=utf-8' });
  } else if (choice?.from === 'address') {
    yield await fetched(search, { url: choice.address, found_by: 'given', trusted: true });
  } else {
    const candidates = top
      ? core.charter_links({ url, language: top.language, visitor_languages: [...navigator.languages], links: top.links })
      : [];
    for (const candidate of once(candidates, url).slice(0, MOST)) {
      if (signal.aborted) return;
      search.tell({ step: 'link', text: candidate.text });
      yield await fetched(search, { url: candidate.url, found_by: 'link', link_text: candidate.text });
    }
  }
}

/**
 * Candidates without those that lead to the same document.
 * @param {LinkCandidate[]} candidates @param {string} url
 */
function once(candidates, url) {
  const seen = new Set();
  return candidates
    .map((candidate) => ({ ...candidate, url: withoutFragment(new URL(candidate.url, url).href) }))
    .filter((candidate) => !seen.has(candidate.url) && seen.add(candidate.url));
}

/**
 * @param {Search} search
 * @param {{ url: string, found_by: FoundBy, link_text?: string, trusted?: boolean }} wish
 * @returns {Promise<Fetched>}
 */
async function fetched(search, wish) {
  const kept = search.again ? undefined : await documentAt(wish.url);
  const fresh = kept && Date.now() - kept.at < (kept.source.failure ? FRESH_FAILURE : FRESH);
  if (fresh) return { source: { ...kept.source, found_by: wish.found_by, link_text: wish.link_text }, bytes: fromBase64(kept.body) };
  search.tell({ step: 'fetching', address: wish.url });
  const document = await fetchDocument({ ...wish, page: search.url, sameSite: search.sameSite, signal: search.signal });
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
