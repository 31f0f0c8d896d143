// Reads one tab: what the browser holds, what the site declares, the judgement. Gives one snapshot, keeps it, sets the badge.
import { hostOf, pageKind, sitePattern, withoutFragment } from './addresses.js';
import { api } from './api.js';
import { mayRead } from './access.js';
import { showBadge } from './badge.js';
import { documents } from './charter.js';
import { core } from './core.js';
import { environment, lookAtPage, observe } from './observe.js';
import { keepSnapshot, rememberCharter, rememberedCharter, settings } from './store.js';

/**
 * @import { CharterChoice, Progress, Snapshot } from './messages.js'
 * @import { Report } from './core/core.js'
 * @typedef {object} How
 * @property {CharterChoice} [charter] the charter that the visitor names now
 * @property {boolean} [again] asks for kept documents anew
 * @property {(progress: Progress) => void} [tell]
 * @property {AbortSignal} [signal] ends the search for a charter; the cookies are still judged
 */

/**
 * @param {number} tabId
 * @param {How} [how]
 * @returns {Promise<Snapshot>}
 */
export async function read(tabId, how = {}) {
  const tab = await api.tabs.get(tabId);
  const url = withoutFragment(tab.url ?? '');
  const host = hostOf(url);
  const kind = pageKind(url);
  /** @type {Snapshot} */
  const nothing = { kind: 'closed', url, host, site: host, ask: [], hidden: [] };
  if (kind !== 'site') return { ...nothing, kind };

  const ready = await core();
  const siteOf = (/** @type {string} */ name) => ready.registrable_domain(name) ?? name;
  const site = siteOf(host);
  if (!(await mayRead(url))) return { ...nothing, kind: 'no_access', site, ask: [sitePattern(site)] };

  how.tell?.({ step: 'looking' });
  const frames = await lookAtPage(tabId);
  if (!frames.length) return { ...nothing, site };
  const seen = await observe(tab, frames, siteOf);
  how.tell?.({ step: 'cookies', count: seen.observations.length });

  const { profile } = await settings();
  const visit = {
    url,
    language: frames[0]?.language,
    now: Date.now(),
    environment: environment(),
    observations: seen.observations,
    hosts: seen.hosts,
    hidden_hosts: seen.hidden,
    settings: { profile },
  };
  const choice = how.charter ?? (await rememberedCharter(host));
  const report = await judge(ready, visit, {
    core: ready,
    url,
    tab: tabId,
    top: frames[0],
    siteOf,
    read: false,
    choice,
    again: how.again ?? false,
    tell: how.tell ?? (() => {}),
    signal: how.signal ?? new AbortController().signal,
  });
  if (how.charter && report.charter.status === 'read') {
    const named = how.charter.from === 'this_page' ? /** @type {const} */ ({ from: 'address', address: url }) : how.charter;
    await rememberCharter(host, named, tab.incognito);
  }
  const ask = [...new Set(seen.hidden.map((name) => sitePattern(siteOf(name))))];
  /** @type {Snapshot} */
  const snapshot = { kind: 'report', url, host, site, ask, hidden: seen.hidden, report, chosen: Boolean(choice) };
  await keepSnapshot(tabId, url, snapshot);
  await showBadge(tabId, report);
  return snapshot;
}

/**
 * Judges with the documents found so far; the search goes on while none of them names a cookie.
 * @param {Awaited<ReturnType<typeof core>>} ready
 * @param {import('./core/core.js').Visit} visit
 * @param {import('./charter.js').Search} search
 * @returns {Promise<Report>}
 */
async function judge(ready, visit, search) {
  /** @type {import('./core/core.js').PageSource[]} */
  const pages = [];
  /** @type {Uint8Array[]} */
  const bodies = [];
  /** @type {Report | undefined} */
  let report;
  for await (const some of documents(search)) {
    pages.push(...some.map(({ source }) => source));
    bodies.push(...some.map(({ bytes }) => bytes));
    search.tell({ step: 'reading', bytes: bodies.at(-1)?.length ?? 0 });
    report = ready.assess({ ...visit, pages }, bodies);
    search.read = report.charter.status === 'read';
  }
  return report ?? ready.assess({ ...visit, pages }, bodies);
}
