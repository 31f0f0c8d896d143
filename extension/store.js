// What is kept: finished snapshots and documents until the browser closes, settings and charters that the visitor named for good.
// Each item has a key of its own and writes wait for one another, so that two parts never undo each other's work.
import { api } from './api.js';
import { withoutFragment } from './addresses.js';

/** @import { Snapshot, CharterChoice } from './messages.js' */
/** @import { PageSource } from './core/core.js' */

/**
 * @typedef {object} Settings
 * @property {string} profile profile of law; empty for the core's own default
 * @property {string} language language of the interface; empty for the browser's
 * @property {boolean} mask whether values stay masked on the screen
 * @property {boolean} badge whether the icon shows the number of cookies that need a look
 */

/** @type {Settings} */
export const DEFAULTS = { profile: '', language: '', mask: true, badge: true };

/**
 * A charter that the visitor named for a host.
 * @typedef {Exclude<CharterChoice, { from: 'this_page' }>} Remembered
 */

/**
 * A document as it was fetched. The bytes are base64: Chromium's session storage holds JSON only.
 * @typedef {{ source: PageSource, body: string, at: number }} Kept
 */

const SNAPSHOTS = 20;
const DOCUMENTS = 12;
/** Most characters of one document that is kept; a larger one is fetched again when needed. */
const LARGEST = 700_000;

/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * Runs a write after all earlier ones. A failed write is told to whoever asked for it and does not stop the next.
 * @template T
 * @param {() => Promise<T>} write
 * @returns {Promise<T>}
 */
function queued(write) {
  const done = queue.then(write);
  queue = done.catch(() => {});
  return done;
}

/** @param {number} tab @param {string} url */
const snapshotKey = (tab, url) => `snapshot:${tab}:${withoutFragment(url)}`;

/**
 * The finished snapshot of a tab and page, when there is one.
 * @param {number} tab @param {string} url
 * @returns {Promise<Snapshot | undefined>}
 */
export async function snapshotOf(tab, url) {
  const key = snapshotKey(tab, url);
  const kept = /** @type {Record<string, { snapshot: Snapshot }>} */ (await api.storage.session.get(key));
  return kept[key]?.snapshot;
}

/** @param {number} tab @param {string} url @param {Snapshot} snapshot */
export function keepSnapshot(tab, url, snapshot) {
  return keep('snapshot:', snapshotKey(tab, url), { snapshot, at: Date.now() }, SNAPSHOTS);
}

/** Drops every finished snapshot, as when access was withdrawn. */
export function dropSnapshots() {
  return queued(async () => {
    const all = await api.storage.session.get(null);
    await api.storage.session.remove(Object.keys(all).filter((key) => key.startsWith('snapshot:')));
  });
}

/** @param {string} address @returns {Promise<Kept | undefined>} */
export async function documentAt(address) {
  const key = `document:${address}`;
  return /** @type {Record<string, Kept>} */ (await api.storage.session.get(key))[key];
}

/** @param {string} address @param {Kept} document */
export async function keepDocument(address, document) {
  if (document.body.length > LARGEST) return;
  await keep('document:', `document:${address}`, document, DOCUMENTS);
}

/**
 * Keeps an item and, of all that share its prefix, only the latest.
 * @template {{ at: number }} T
 * @param {string} prefix @param {string} key @param {T} item @param {number} most
 */
function keep(prefix, key, item, most) {
  return queued(async () => {
    const all = /** @type {Record<string, { at: number }>} */ (await api.storage.session.get(null));
    const others = Object.entries(all).filter(([name]) => name.startsWith(prefix) && name !== key);
    const old = others.sort(([, a], [, b]) => b.at - a.at).slice(most - 1);
    if (old.length) await api.storage.session.remove(old.map(([name]) => name));
    await api.storage.session.set({ [key]: item });
  });
}

/** @returns {Promise<Settings>} */
export async function settings() {
  const names = Object.keys(DEFAULTS);
  const kept = await api.storage.local.get(names.map((name) => `setting:${name}`));
  const chosen = names.map((name) => [name, kept[`setting:${name}`]]).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(chosen) };
}

/**
 * @template {keyof Settings} K
 * @param {K} name @param {Settings[K]} value
 */
export function setSetting(name, value) {
  return queued(() => api.storage.local.set({ [`setting:${name}`]: value }));
}

/**
 * Remembers the charter that the visitor named for a host; in a private window only until the browser closes.
 * @param {string} host @param {Remembered} charter @param {boolean} isPrivate
 */
export function rememberCharter(host, charter, isPrivate) {
  const area = isPrivate ? api.storage.session : api.storage.local;
  return queued(() => area.set({ [`charter:${host}`]: charter }));
}

/** @param {string} host @returns {Promise<Remembered | undefined>} */
export async function rememberedCharter(host) {
  const key = `charter:${host}`;
  const [session, local] = await Promise.all([api.storage.session.get(key), api.storage.local.get(key)]);
  return /** @type {Remembered | undefined} */ (session[key] ?? local[key]);
}

/** @param {string} host */
export function forgetCharter(host) {
  const key = `charter:${host}`;
  return queued(() => Promise.all([api.storage.session.remove(key), api.storage.local.remove(key)]));
}

/** Every charter remembered for good, by host. @returns {Promise<[string, Remembered][]>} */
export async function rememberedCharters() {
  const all = await api.storage.local.get(null);
  return Object.entries(all)
    .filter(([key]) => key.startsWith('charter:'))
    .map(([key, charter]) => /** @type {[string, Remembered]} */ ([key.slice('charter:'.length), charter]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
