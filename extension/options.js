// The settings. Each one takes effect at once; there is nothing to save.
import { ALL_SITES, patterns, registerLoaded } from './access.js';
import { api } from './api.js';
import { fill, find, h } from './dom.js';
import { clean, hostName, outLink } from './render.js';
import { forgetCharter, rememberedCharters, setSetting, settings } from './store.js';
import { LANGUAGES, browserLanguage, loadWords } from './words.js';

/** @import { Words } from './words.js' */

/** Profiles of law that the core knows; the first is its own default. */
const PROFILES = ['fr', 'eu', 'de', 'es', 'it', 'nl', 'uk', 'us-ca'];

const status = find('#status', HTMLElement);

/** A match pattern as a person reads it. @param {Words} words @param {string} pattern */
function siteOfPattern(words, pattern) {
  const host = /^(\*|https?):\/\/(.+?)\//.exec(pattern)?.[2] ?? pattern;
  return host.startsWith('*.') ? words.parts('ui_access_site_and_below', { site: hostName(host.slice(2)) }) : hostName(host);
}

/** @param {Words} words */
async function drawAccess(words) {
  const granted = await patterns();
  const all = granted.includes(ALL_SITES) || granted.includes('<all_urls>');
  find('#all-sites', HTMLInputElement).checked = all;
  find('#per-site', HTMLInputElement).checked = !all;
  const single = granted.filter((pattern) => pattern !== ALL_SITES && pattern !== '<all_urls>');
  const items = single.map((pattern) => {
    const name = siteOfPattern(words, pattern);
    const withdraw = h('button', { class: 'btn text', type: 'button', onclick: () => void remove(words, [pattern]) }, words.t('ui_withdraw'));
    withdraw.setAttribute('aria-label', words.t('ui_withdraw_site', { site: pattern.replace(/^.*:\/\/(\*\.)?|\/.*$/g, '') }));
    return h('li', null, h('span', null, name), withdraw);
  });
  fill(find('#granted', HTMLElement), items.length ? items : h('li', { class: 'quiet' }, words.t('ui_access_none')));
}

/** @param {Words} words @param {string[]} origins */
async function remove(words, origins) {
  try {
    await api.permissions.remove({ origins });
    status.textContent = words.t('ui_access_withdrawn');
  } catch (error) {
    status.textContent = String(error);
  }
  await drawAccess(words);
}

/** @param {Words} words */
async function drawCharters(words) {
  const kept = await rememberedCharters();
  const items = kept.map(([host, charter]) => {
    const forget = async () => {
      await forgetCharter(host);
      await drawCharters(words);
      status.textContent = words.t('ui_charter_forgotten', { site: host });
    };
    const what = charter.from === 'address' ? outLink(charter.address, clean(charter.address, 120)) : words.plural('ui_charter_text', charter.text.length);
    const button = h('button', { class: 'btn text', type: 'button', 'aria-label': words.t('ui_forget_site', { site: host }), onclick: forget }, words.t('ui_forget'));
    return h('li', null, h('span', null, hostName(host), h('br'), h('span', { class: 'small quiet' }, what)), button);
  });
  fill(find('#charters', HTMLElement), items.length ? items : h('li', { class: 'quiet' }, words.t('ui_charters_none')));
}

/** Fills a list of choices. @param {string} selector @param {[value: string, label: string, language?: string][]} choices @param {string} chosen */
function drawSelect(selector, choices, chosen) {
  const select = find(selector, HTMLSelectElement);
  fill(select, choices.map(([value, label, lang]) => h('option', { value, lang, selected: value === chosen }, label)));
  return select;
}

async function draw() {
  const [words, chosen] = await Promise.all([loadWords(), settings()]);
  words.apply(document);
  document.title = words.t('ui_settings_title');
  await Promise.all([drawAccess(words), drawCharters(words)]);

  drawSelect('#profile', PROFILES.map((id) => [id, words.t(`ui_profile_${id.replace('-', '_')}`)]), chosen.profile || 'fr');
  const own = words.t('ui_language_browser', { language: words.languageName(browserLanguage()) });
  drawSelect('#language', [['', own], ...Object.entries(LANGUAGES).map(([tag, name]) => /** @type {[string, string, string]} */ ([tag, name, tag]))], chosen.language);
  find('#mask', HTMLInputElement).checked = chosen.mask;
  find('#badge', HTMLInputElement).checked = chosen.badge;
  find('#version', HTMLElement).textContent = words.t('ui_version', { version: api.runtime.getManifest().version });
  find('#main', HTMLElement).hidden = false;
}

function listen() {
  find('#all-sites', HTMLInputElement).addEventListener('change', async () => {
    // Asked within the click, as browsers demand.
    await api.permissions.request({ origins: [ALL_SITES] }).catch((error) => console.warn(error));
    await draw();
  });
  find('#per-site', HTMLInputElement).addEventListener('change', async () => remove(await loadWords(), [ALL_SITES]));
  find('#profile', HTMLSelectElement).addEventListener('change', (event) => setSetting('profile', /** @type {HTMLSelectElement} */ (event.target).value));
  find('#language', HTMLSelectElement).addEventListener('change', async (event) => {
    await setSetting('language', /** @type {HTMLSelectElement} */ (event.target).value);
    await draw();
  });
  find('#mask', HTMLInputElement).addEventListener('change', (event) => setSetting('mask', /** @type {HTMLInputElement} */ (event.target).checked));
  find('#badge', HTMLInputElement).addEventListener('change', async (event) => {
    await setSetting('badge', /** @type {HTMLInputElement} */ (event.target).checked);
    await registerLoaded();
  });
}

api.permissions.onAdded.addListener(() => void draw());
api.permissions.onRemoved.addListener(() => void draw());
listen();
draw().catch((error) => {
  console.error(error);
  const main = find('#main', HTMLElement);
  main.hidden = false;
  fill(main, h('p', null, String(error)));
});
