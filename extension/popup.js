// The toolbar popup. It draws the finished snapshot of the page at once, before the core has started, then asks the
// background for a fresh one and draws again where something changed. `popup.html?tab=<id>` shows another tab's page.
import { hostOf, pageKind, withoutFragment } from './addresses.js';
import { api } from './api.js';
import { find, fill } from './dom.js';
import { mark } from './marks.js';
import { isMessage } from './messages.js';
import { drawFoot, drawList, drawTop } from './list.js';
import { drawState, stateOf } from './states.js';
import { settings, snapshotOf } from './store.js';
import { loadWords } from './words.js';

/**
 * @import { CharterChoice, Message, Progress, Snapshot } from './messages.js'
 * @import { Words } from './words.js'
 */

/** A reading that ends sooner than this shows no progress: it would only flicker. */
const PATIENCE = 200;

const main = find('#main', HTMLElement);
const foot = find('#foot', HTMLElement);
const status = find('#status', HTMLElement);

/** What the drawing parts may ask for. */
export class Popup {
  /** @type {Snapshot | undefined} */
  snapshot;
  /** @type {chrome.runtime.Port | undefined} */
  port;
  /** @type {Progress[]} */
  steps = [];

  /** @param {chrome.tabs.Tab} tab @param {Words} words @param {import('./store.js').Settings} chosen */
  constructor(tab, words, chosen) {
    this.tab = tab;
    this.words = words;
    this.chosen = chosen;
  }

  /** Asks the background for a fresh snapshot. @param {{ charter?: CharterChoice, again?: boolean }} [how] */
  read(how = {}) {
    this.port?.disconnect();
    this.steps = [];
    const port = api.runtime.connect({ name: 'popup' });
    this.port = port;
    const visible = !this.snapshot || Boolean(how.charter) || how.again;
    const patience = setTimeout(() => visible && this.port === port && this.drawProgress(), PATIENCE);
    document.body.dataset.busy = 'true';
    port.onMessage.addListener((/** @type {unknown} */ news) => {
      if (!isMessage(news)) return;
      if (news.type === 'progress') {
        this.steps.push(news.progress);
        if (document.body.dataset.state === 'reading') this.drawProgress();
        return;
      }
      clearTimeout(patience);
      if (news.type === 'snapshot') this.draw(news.snapshot);
      else if (news.type === 'failed' && !this.snapshot?.report) this.show('failed', news.reason);
      delete document.body.dataset.busy;
      port.disconnect();
    });
    port.onDisconnect.addListener(() => {
      // The background was stopped in the middle of the work: it starts again with the next question.
      if (this.port === port && document.body.dataset.busy) this.show('failed', 'The background was stopped.');
    });
    /** @type {Message} */
    const request = { type: 'read', tab: this.tab.id ?? -1, ...how };
    port.postMessage(request);
  }

  cancel() {
    this.port?.postMessage({ type: 'cancel' });
  }

  drawProgress() {
    this.show('reading');
  }

  /** @param {Snapshot} snapshot */
  draw(snapshot) {
    const before = this.snapshot;
    this.snapshot = snapshot;
    const same = before && document.body.dataset.state !== 'reading' && essence(before) === essence(snapshot);
    drawTop(this);
    if (!same) this.show(stateOf(snapshot));
  }

  /** Back from a side step to what is known. */
  redraw() {
    if (this.snapshot) this.show(stateOf(this.snapshot));
  }

  /** Asks for access to sites; called from within a click, as browsers demand. @param {string[]} origins */
  async grant(origins) {
    if (await api.permissions.request({ origins })) this.read();
  }

  /** @param {import('./states.js').State} state @param {string} [detail] */
  show(state, detail) {
    const kept = placeOfReader();
    document.body.dataset.state = state;
    drawTop(this);
    fill(main);
    const sentence = state === 'list' ? drawList(this, main) : drawState(this, main, state, detail);
    if (status.textContent !== sentence) status.textContent = sentence;
    drawFoot(this, foot, state);
    kept();
  }
}

/** What would change the drawing: moments of reading aside. @param {Snapshot} snapshot */
function essence(snapshot) {
  const { report, ...rest } = snapshot;
  const plain = report && { ...report, generated: 0, charter: { ...report.charter, read: 0 }, rows: report.rows.map((row) => ({ ...row, stored: { ...row.stored, lifetime: undefined } })) };
  return JSON.stringify([rest, plain]);
}

/** Keeps what the reader had open and where it was, across a new drawing; gives the function that brings it back. */
function placeOfReader() {
  const open = [...document.querySelectorAll('details.row[open]')].map((row) => row.getAttribute('data-id'));
  const top = document.scrollingElement?.scrollTop ?? 0;
  return () => {
    for (const row of document.querySelectorAll('details.row')) {
      if (open.includes(row.getAttribute('data-id'))) /** @type {HTMLDetailsElement} */ (row).open = true;
    }
    if (open.length) document.scrollingElement?.scrollTo({ top });
  };
}

async function tabInFront() {
  const asked = new URLSearchParams(location.search).get('tab');
  if (asked) return api.tabs.get(Number(asked));
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  if (!tab) throw new Error('There is no tab in front.');
  return tab;
}

async function start() {
  const [tab, words, chosen] = await Promise.all([tabInFront(), loadWords(), settings()]);
  words.apply(document);
  const gear = find('#settings', HTMLAnchorElement);
  fill(gear, mark('settings', ''));
  gear.addEventListener('click', (event) => {
    event.preventDefault();
    void api.runtime.openOptionsPage().then(() => window.close());
  });
  const popup = new Popup(tab, words, chosen);
  const url = withoutFragment(tab.url ?? '');
  const kind = pageKind(url);
  if (kind !== 'site') {
    popup.draw({ kind, url, host: hostOf(url), site: '', ask: [], hidden: [] });
    return;
  }
  const kept = await snapshotOf(tab.id ?? -1, url);
  if (kept) popup.draw(kept);
  else drawTop(popup);
  popup.read();
}

start().catch((error) => {
  // Without words or a tab there is nothing to say it with: the browser's own console has it.
  console.error(error);
  document.body.dataset.state = 'failed';
  main.textContent = String(error);
});
