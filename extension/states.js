// What the popup shows when there is no list to show, or before it: what is known, what is not, and the one next step.
import { charterForm } from './charter-form.js';
import { h } from './dom.js';
import { drawRows } from './list.js';
import { mark } from './marks.js';
import { clean, hostName, outLink } from './render.js';

/**
 * @import { Fetch, Report } from './core/core.js'
 * @import { Popup } from './popup.js'
 * @import { Progress, Snapshot } from './messages.js'
 * @import { Words } from './words.js'
 * @typedef {'reading' | 'list' | 'no_access' | 'browser' | 'file' | 'closed' | 'failed' | 'charter' | 'no_cookies' | 'not_found'
 *   | 'unreachable' | 'unreadable' | 'not_served_here' | 'lists_nothing' | 'stopped'} State
 */

/** @param {Snapshot} snapshot @returns {State} */
export function stateOf({ kind, report }) {
  if (kind !== 'report' || !report) return kind === 'report' ? 'closed' : kind;
  const { status, reason } = report.charter;
  // What the visitor stopped is no failure of the site.
  if (status !== 'read') return reason === 'reason_cancelled' ? 'stopped' : status;
  return report.totals.stored ? 'list' : 'no_cookies';
}

/**
 * @param {Popup} popup @param {HTMLElement} main @param {State} state @param {string} [detail]
 * @returns {string} the leading sentence, for the status line
 */
export function drawState(popup, main, state, detail) {
  const { words } = popup;
  const lead = words.t(`ui_state_${state}`);
  const box = h('div', { class: 'state' }, h('p', { class: 'lead', id: 'lead' }, lead), body(popup, state, detail));
  main.append(box);
  const report = state === 'reading' || state === 'charter' ? undefined : popup.snapshot?.report;
  if (report?.rows.length) drawRows(popup, main, report);
  return state === 'reading' ? [lead, ...popup.steps.slice(-1).map((step) => stepText(words, step))].join('. ') : lead;
}

/** @param {Popup} popup @param {State} state @param {string} [detail] @returns {import('./dom.js').Child} */
function body(popup, state, detail) {
  const { words, snapshot } = popup;
  const say = (/** @type {string} */ key) => h('p', null, words.t(key));
  switch (state) {
    case 'no_access':
      return [say('ui_state_no_access_more'), actions(primary(words.t('ui_grant'), 'grant', () => popup.grant(snapshot?.ask ?? [])), otherChoices(words))];
    case 'reading':
      return progress(popup);
    case 'not_found':
      return [say('ui_state_not_found_more'), charterForm(popup)];
    case 'charter':
      return [say('ui_state_charter_more'), charterForm(popup, detail === 'paste')];
    case 'stopped':
      return [say('ui_state_stopped_more'), actions(primary(words.t('ui_again'), 'again', () => popup.read({ again: true })))];
    case 'unreachable':
      return snapshot?.report && unreachable(popup, snapshot.report);
    case 'unreadable':
    case 'not_served_here':
    case 'lists_nothing':
      return snapshot?.report && notRead(popup, snapshot.report, state);
    case 'no_cookies': {
      const declared = snapshot?.report?.totals.not_met ?? 0;
      return h('p', null, declared ? words.plural('ui_state_no_cookies_more', declared) : '');
    }
    case 'failed':
      return [say('ui_state_failed_more'), detail && h('p', { class: 'small quiet' }, clean(detail)), actions(primary(words.t('ui_again'), 'again', () => popup.read({ again: true })))];
    case 'closed':
      return [say('ui_state_closed_more'), actions(plain(words.t('ui_again'), 'again', () => popup.read()))];
    default:
      return say(`ui_state_${state}_more`);
  }
}

/** The document whose failure is the reason: the charter's own, else the first that failed. @param {Report} report @returns {Fetch | undefined} */
const failedFetch = ({ charter: { fetches, url } }) => fetches.find((fetch) => fetch.failure && fetch.url === url) ?? fetches.find((fetch) => fetch.failure);

/** @param {Popup} popup @param {Report} report */
function unreachable(popup, report) {
  const { words } = popup;
  const fetch = failedFetch(report);
  const { link_text, read } = report.charter;
  const values = {
    address: hostName(shortAddress(fetch?.url ?? '', popup.snapshot?.host ?? '')),
    status: String(fetch?.status ?? 0),
    link: h('bdi', null, clean(link_text ?? '', 80)),
    time: words.moment(read ?? report.generated),
  };
  const what = words.parts(`ui_unreachable_${fetch?.failure ?? 'network'}`, values);
  return [
    h('p', null, link_text ? words.parts('ui_unreachable_link', values) : words.parts('ui_unreachable_address', values), ' ', what),
    actions(
      primary(words.t('ui_retry'), 'again', () => popup.read({ again: true })),
      plain(words.t('ui_other_address'), 'charter', () => popup.show('charter')),
    ),
  ];
}

/** @param {Popup} popup @param {Report} report @param {State} state */
function notRead(popup, report, state) {
  const { words } = popup;
  const { reason, url } = report.charter;
  const limit = state === 'unreadable' ? ` ${words.t('ui_our_limit')}` : '';
  return [
    h('p', null, reason && words.has(reason) ? words.t(reason) : words.t(`ui_state_${state}_more`), limit),
    actions(
      primary(words.t('ui_paste'), 'paste', () => popup.show('charter', 'paste')),
      url && Object.assign(outLink(url, words.t('ui_open_charter')), { className: 'btn' }),
    ),
  ];
}

/** An address without what the reader sees already: scheme and, on the same host, the host. @param {string} address @param {string} host */
function shortAddress(address, host) {
  const [, found = '', rest = ''] = /^https?:\/\/([^/:]*)(.*)$/.exec(address) ?? [];
  if (found === host) return rest.replace(/^:\d+/, '') || '/';
  return found ? found + rest : address;
}

/** @param {Popup} popup */
function progress(popup) {
  const { words, steps } = popup;
  // One line for each kind of step, the latest of its kind; the core reads several documents when the first ones do not help.
  const lines = [...new Map(steps.filter(({ step }) => step !== 'looking').map((step) => [step.step, step])).values()];
  const value = steps.some(({ step }) => step === 'reading') ? 3 : steps.some(({ step }) => step === 'fetching' || step === 'link') ? 2 : lines.length ? 1 : 0;
  return [
    h('progress', { 'aria-labelledby': 'lead', value, max: 3 }),
    h('ol', { class: 'steps' }, lines.map((step, i) => stepLine(words, step, i === lines.length - 1))),
    actions(plain(words.t('ui_stop'), 'stop', () => popup.cancel())),
  ];
}

/** @param {Words} words @param {Progress} step @param {boolean} current */
const stepLine = (words, step, current) =>
  h('li', { 'aria-current': current && 'step' }, mark(current ? 'now' : 'check'), h('span', null, stepText(words, step)));

/** @param {Words} words @param {Progress} step */
function stepText(words, step) {
  switch (step.step) {
    case 'cookies':
      return words.plural('ui_step_cookies', step.count);
    case 'link':
      return words.t('ui_step_link', { text: clean(step.text, 60) });
    case 'fetching':
      return words.t('ui_step_fetching', { address: clean(step.address.replace(/^https?:\/\//, ''), 60) });
    case 'reading':
      return words.t('ui_step_reading', { size: words.size(step.bytes) });
    default:
      return words.t('ui_step_looking');
  }
}

/** @param {...import('./dom.js').Child} children */
const actions = (...children) => h('div', { class: 'actions' }, ...children);

/** @param {string} label @param {string} action @param {() => void} onclick */
const primary = (label, action, onclick) => h('button', { class: 'btn primary', type: 'button', 'data-action': action, onclick }, label);

/** @param {string} label @param {string} action @param {() => void} onclick */
const plain = (label, action, onclick) => h('button', { class: 'btn', type: 'button', 'data-action': action, onclick }, label);

/** @param {Words} words */
const otherChoices = (words) => h('a', { class: 'btn text', href: 'options.html', target: '_blank' }, words.t('ui_other_choices'));

