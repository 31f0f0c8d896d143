// Reads one document of a site: text only, without the visitor's cookies, bounded in time, size and number, and only where
// addresses.js allows it.
import { whyNotFetch } from './addresses.js';

/**
 * @import { PageSource, FetchFailure, FoundBy } from './core/core.js'
 * @typedef {{ source: PageSource, bytes: Uint8Array }} Fetched
 * @typedef {object} Wish
 * @property {string} url
 * @property {string} page address of the page in front of the visitor
 * @property {(host: string) => boolean} mayAsk
 * @property {FoundBy} found_by
 * @property {string} [link_text]
 * @property {string} [platform] the consent platform whose document it is
 * @property {AbortSignal} [signal] the visitor's own
 */

export const TIME = 10_000;
export const SIZE = 4_000_000;

const NOTHING = new Uint8Array();
const TEXT = /^(text\/|application\/(xhtml\+xml|xml|json|javascript|ld\+json))/i;

/** Carries a failure from where it shows to where it is told. */
class Refused extends Error {
  /** @param {FetchFailure} failure */
  constructor(failure) {
    super(failure);
    this.failure = failure;
  }
}

/**
 * Asks for one document. Never throws: what went wrong is in `source.failure`, and then there are no bytes.
 * @param {Wish} wish
 * @returns {Promise<Fetched>}
 */
export async function fetchDocument({ url, page, mayAsk, found_by, link_text, platform, signal }) {
  /** @type {PageSource} */
  const source = { url, final_url: '', found_by, link_text, platform, status: 0, content_type: '', text: '', sha256: '', fetched: Date.now() };
  const timeout = AbortSignal.timeout(TIME);
  const both = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const not = whyNotFetch(url, page, mayAsk);
    if (not) throw new Refused(not);
    const response = await ask(url, both);
    source.status = response.status;
    source.final_url = response.url && response.url !== url ? response.url : '';
    source.content_type = response.headers.get('content-type') ?? '';
    const bytes = await body(response, page, mayAsk);
    return { source: { ...source, fetched: Date.now(), sha256: await sha256(bytes) }, bytes };
  } catch (error) {
    const failure = signal?.aborted ? 'cancelled' : timeout.aborted ? 'timeout' : error instanceof Refused ? error.failure : 'network';
    return { source: { ...source, fetched: Date.now(), failure }, bytes: NOTHING };
  }
}

/**
 * Browsers tell an extension that an answer redirects, not where to. So the first request does not follow; only when it
 * redirects does a second one follow, and what it reached is judged before its body is read. The browser itself refuses to
 * hand over a document of a site that was not granted: that is how a redirect to another site shows.
 * @param {string} url @param {AbortSignal} signal
 */
async function ask(url, signal) {
  /** @type {RequestInit} */
  const how = { credentials: 'omit', referrerPolicy: 'no-referrer', headers: { accept: 'text/html, text/plain;q=0.9, */*;q=0.5' }, signal };
  const first = await fetch(url, { ...how, redirect: 'manual' });
  if (first.type !== 'opaqueredirect') return first;
  try {
    return await fetch(url, { ...how, redirect: 'follow' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Refused('other_site');
  }
}

/** @param {Response} response @param {string} page @param {Wish['mayAsk']} mayAsk */
async function body(response, page, mayAsk) {
  const not = whyNotFetch(response.url, page, mayAsk);
  const type = response.headers.get('content-type');
  const long = Number(response.headers.get('content-length') ?? 0);
  /** @type {FetchFailure | undefined} */
  const failure = not ?? (!response.ok ? 'http_error' : type && !TEXT.test(type) ? 'not_text' : long > SIZE ? 'too_large' : undefined);
  if (failure) {
    await response.body?.cancel();
    throw new Refused(failure);
  }
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > SIZE) {
      await reader?.cancel();
      throw new Refused('too_large');
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes in hexadecimal */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
