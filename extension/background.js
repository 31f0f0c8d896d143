// The part that runs without a window. It may be stopped at any moment, so it keeps nothing in itself: every listener is
// registered at once, at the top, and what was found lies in store.js.
import { registerLoaded } from './access.js';
import { api } from './api.js';
import { core } from './core.js';
import { isMessage } from './messages.js';
import { read } from './reading.js';
import { dropSnapshots } from './store.js';
import { loadWords } from './words.js';

/** @import { ExportRequest, Message, ReadRequest } from './messages.js' */

api.runtime.onInstalled.addListener(() => void registerLoaded());
api.runtime.onStartup.addListener(() => void registerLoaded());
api.permissions.onAdded.addListener(() => void granted());
api.permissions.onRemoved.addListener(() => void withdrawn());

/** The page in front is read at once: the browser's question may have closed the popup that asked it. */
async function granted() {
  await registerLoaded();
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab?.id !== undefined) await read(tab.id).catch((error) => console.info('Nothing read after access was granted:', error));
}

async function withdrawn() {
  await Promise.all([registerLoaded(), dropSnapshots()]);
}

api.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== api.runtime.id || !isMessage(message)) return false;
  if (message.type === 'page_loaded' && sender.tab?.id !== undefined) {
    read(sender.tab.id).catch((error) => console.error('The page could not be judged:', error));
    return false;
  }
  if (message.type === 'export') {
    write(message).then(
      (file) => answer({ file }),
      (error) => answer({ error: String(error) }),
    );
    return true;
  }
  return false;
});

/** @param {ExportRequest} request */
async function write({ report, format }) {
  const [ready, words] = await Promise.all([core(), loadWords()]);
  return ready.export_report(report, format, words.all);
}

api.runtime.onConnect.addListener((port) => {
  const stop = new AbortController();
  /** @param {Message} news */
  const post = (news) => {
    // A popup that was closed hears nothing more.
    if (!gone) port.postMessage(news);
  };
  let gone = false;
  port.onDisconnect.addListener(() => {
    gone = true;
  });
  port.onMessage.addListener((message) => {
    if (!isMessage(message)) return;
    if (message.type === 'cancel') stop.abort();
    if (message.type === 'read') void answer(message, stop, post);
  });
});

/**
 * @param {ReadRequest} request
 * @param {AbortController} stop
 * @param {(news: Message) => void} post
 */
async function answer({ tab, charter, again }, stop, post) {
  try {
    const tell = (/** @type {import('./messages.js').Progress} */ progress) => post({ type: 'progress', progress });
    post({ type: 'snapshot', snapshot: await read(tab, { charter, again, tell, signal: stop.signal }) });
  } catch (error) {
    console.error('The page could not be read:', error);
    post({ type: 'failed', reason: String(error) });
  }
}
