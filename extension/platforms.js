// The documents of the consent platforms on a page: copies of its objects, and what the core asks for besides.
import { api } from './api.js';
import { sha256 } from './fetch.js';

/**
 * @import { Found, PageFacts, PageSource } from './core/core.js'
 * @import { Fetched } from './fetch.js'
 * @typedef {Awaited<ReturnType<typeof import('./core.js').core>>} Core
 * @typedef {(url: string, platform: string) => Promise<Fetched>} Ask
 */

/** Rounds of asking: a list lies at most two documents away. */
const ROUNDS = 3;
/** Documents of platforms asked for on one page, at most. */
const MOST = 6;
/** Milliseconds after which a page that does not let itself be looked at is given up. */
const PATIENCE = 7_000;

/**
 * Reads what the platforms on a page declare. `links` are pages of the site that they name as its charter.
 * @param {Core} core
 * @param {{ url: string, tab: number }} page
 * @param {Ask} ask
 * @returns {Promise<{ documents: Fetched[], links: string[] }>}
 */
export async function platformDocuments(core, { url, tab }, ask) {
  const seen = await probe(tab);
  if (!seen) return { documents: [], links: [] };
  /** @type {Fetched[]} */
  const answers = [];
  /** @type {Found[]} */
  let found = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const facts = { ...seen, url, pages: answers.map(({ source }) => source) };
    found = core.consent_platforms(facts, answers.map(({ bytes }) => bytes));
    const asked = found.flatMap(({ platform, requests }) => requests.map((address) => ({ platform, address })));
    const now = asked.slice(0, MOST - answers.length);
    if (!now.length) break;
    answers.push(...(await Promise.all(now.map(({ platform, address }) => ask(address, platform)))));
  }
  const own = await Promise.all(found.flatMap(({ pages }) => pages).map(written));
  return { documents: [...own, ...answers], links: found.flatMap(({ links }) => links) };
}

/**
 * What the page shows of its platforms; nothing when it cannot be looked at.
 * @param {number} tab
 * @returns {Promise<Partial<PageFacts> | undefined>}
 */
async function probe(tab) {
  const looked = api.scripting.executeScript({ target: { tabId: tab }, world: 'MAIN', files: ['platform-probe.js'] });
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  try {
    const answer = /** @type {{ result?: any }[] | undefined} */ (await Promise.race([looked, late]));
    return answer?.[0]?.result ?? undefined;
  } catch (error) {
    console.info('The objects of the page cannot be looked at:', error);
    return undefined;
  }
}

/** A document that is a copy of page objects. @param {PageSource} source @returns {Promise<Fetched>} */
async function written(source) {
  const sum = await sha256(new TextEncoder().encode(source.text));
  return { source: { ...source, sha256: sum, fetched: Date.now() }, bytes: new Uint8Array() };
}
