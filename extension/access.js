// Which sites the visitor granted, and the small script that runs there.
import { api } from './api.js';
import { hostPattern } from './addresses.js';
import { settings } from './store.js';

const SCRIPT = 'loaded';
export const ALL_SITES = '*://*/*';

/** @param {string[]} patterns */
export const granted = (patterns) => api.permissions.contains({ origins: patterns });

/** Whether cookies of the host of this address may be asked for. @param {string} address */
export const mayRead = (address) => granted([hostPattern(address)]);

/** Every match pattern granted, sorted. */
export async function patterns() {
  const { origins = [] } = await api.permissions.getAll();
  return [...new Set(origins)].sort();
}

/** @type {Promise<void>} */
let turn = Promise.resolve();

/**
 * Brings the registered script in line with what is granted and wanted. Where nothing is granted, and where the badge is
 * off, nothing of the extension runs when a page loads. Calls wait for one another.
 */
export function registerLoaded() {
  turn = turn.then(register).catch((error) => console.error('The page script could not be registered:', error));
  return turn;
}

async function register() {
  const [matches, { badge }, registered] = await Promise.all([
    patterns(),
    settings(),
    api.scripting.getRegisteredContentScripts({ ids: [SCRIPT] }),
  ]);
  if (!badge || !matches.length) {
    if (registered.length) await api.scripting.unregisterContentScripts({ ids: [SCRIPT] });
    return;
  }
  /** @type {chrome.scripting.RegisteredContentScript} */
  const script = { id: SCRIPT, matches, js: ['loaded.js'], runAt: 'document_idle', persistAcrossSessions: true };
  if (registered.length) await api.scripting.updateContentScripts([script]);
  else await api.scripting.registerContentScripts([script]);
}
