// The list of a report in the popup: top, answer, counts that filter, rows by category, notes, foot.
import { hostOf, pageKind } from './addresses.js';
import { add, fill, find, h } from './dom.js';
import { exportButton } from './export-menu.js';
import { mark, verdictMark } from './marks.js';
import { valueOf } from './observe.js';
import { breakable, byCategory, categoryName, clean, cookieName, outLink } from './render.js';
import { rowItem } from './row.js';
import { allDeclared, verdictSentence } from './verdict.js';

/**
 * @import { Report, Row } from './core/core.js'
 * @import { Popup } from './popup.js'
 */

/** From this many rows on there is a search field. */
const SEARCH = 20;
/** Rows drawn at once; the rest follows when the browser has drawn these. */
const FIRST = 50;
const NEXT = 200;
const COUNTED = /** @type {const} */ (['not_declared', 'differs', 'as_declared']);

/** @param {Popup} popup */
export function drawTop(popup) {
  const { tab, words, snapshot } = popup;
  const host = snapshot?.host || (pageKind(tab.url) === 'site' ? hostOf(tab.url ?? '') : '');
  fill(find('#host', HTMLElement), host ? breakable(host) : h('bdi', null, clean(tab.title ?? '', 80) || words.t('ui_this_page')));
  fill(find('#sub', HTMLElement), snapshot?.report && subLine(popup, snapshot.report));
}

/** Opens the form that names another charter. @param {Popup} popup */
const changeCharter = (popup) =>
  h('button', { class: 'btn text inline', type: 'button', 'data-action': 'charter', onclick: () => popup.show('charter') }, popup.words.t('ui_change'));

/** @param {Popup} popup @param {Report} report */
function subLine(popup, { charter, totals }) {
  const { words } = popup;
  if (charter.status !== 'read' && charter.status !== 'lists_nothing') return words.plural('ui_stored_count', totals.stored);
  const title = h('bdi', { lang: charter.language }, clean(charter.title || words.t('ui_charter'), 80));
  const line = words.parts(charter.language ? 'ui_charter_read_in' : 'ui_charter_read', {
    charter: charter.url ? outLink(charter.url, title) : title,
    language: words.languageName(charter.language ?? ''),
    when: words.moment(charter.read ?? 0),
  });
  return [line, '. ', changeCharter(popup)];
}

/** @param {Popup} popup @param {HTMLElement} main @returns {string} the answer, for the status line */
export function drawList(popup, main) {
  const { words } = popup;
  const report = popup.snapshot?.report;
  if (!report) return '';
  const sentence = verdictSentence(words, report);
  const calm = allDeclared(report);
  add(main, [
    h('div', { class: 'verdict' }, calm && mark('ok', 'mark ok big'), h('div', null, h('p', null, sentence))),
    !calm && report.charter.status === 'read' && counts(popup, report),
  ]);
  drawRows(popup, main, report);
  return sentence;
}

/** The rows with their search field and the notes under them. @param {Popup} popup @param {HTMLElement} main @param {Report} report */
export function drawRows(popup, main, report) {
  const { words, chosen } = popup;
  const list = h('div', { id: 'rows' });
  const context = {
    words,
    language: report.charter.language,
    judged: report.charter.status === 'read' || report.charter.status === 'lists_nothing',
    reveal: chosen.mask ? undefined : (/** @type {Row} */ row) => valueOf(row.stored),
  };
  /** @type {Map<string, HTMLLIElement>} */
  const items = new Map();
  const item = (/** @type {Row} */ row) => {
    const known = items.get(row.id) ?? rowItem(row, context);
    items.set(row.id, known);
    return known;
  };
  let drawing = 0;
  const draw = () => {
    drawing += 1;
    const pressed = main.querySelector('.counts [aria-pressed="true"]')?.getAttribute('data-verdict');
    const sought = (/** @type {HTMLInputElement | null} */ (main.querySelector('#search'))?.value ?? '').trim().toLowerCase();
    const rows = report.rows.filter((row) => (!pressed || row.verdict === pressed) && (!sought || textOf(row).includes(sought)));
    fill(list, !rows.length && report.rows.length > 0 && h('p', { class: 'note' }, words.t('ui_none_match')));
    pour(list, rows, words, item, () => drawing, drawing);
  };
  if (report.rows.length >= SEARCH) {
    const field = h('input', { class: 'input', id: 'search', type: 'search', 'aria-label': words.t('ui_search'), placeholder: words.t('ui_search'), oninput: draw });
    main.append(h('div', { class: 'find' }, field));
  }
  main.append(list);
  list.addEventListener('filter', draw);
  draw();
  add(main, notes(popup, report));
}

/**
 * Adds rows by category, the first ones now and the others between the browser's own frames.
 * @param {HTMLElement} list @param {Row[]} rows @param {import('./words.js').Words} words
 * @param {(row: Row) => HTMLElement} item @param {() => number} latest @param {number} mine
 */
function pour(list, rows, words, item, latest, mine) {
  const waiting = [...byCategory(rows)].flatMap(([category, group], g) => group.map((row, i) => ({ category, group, g, i, row })));
  /** @type {HTMLUListElement | undefined} */
  let into;
  const some = (/** @type {number} */ count) => {
    if (latest() !== mine) return;
    for (const { category, group, g, i, row } of waiting.splice(0, count)) {
      if (i === 0) {
        into = h('ul', { class: 'rows' });
        const title = h('h2', { id: `g${g}` }, `${categoryName(words, category)} `, h('span', { class: 'num' }, words.number(group.length)));
        list.append(h('section', { class: 'group', 'aria-labelledby': `g${g}` }, title, into));
      }
      into?.append(item(row));
    }
    if (waiting.length) requestAnimationFrame(() => some(NEXT));
  };
  some(FIRST);
}

/** Everything of a row that a person may look for. @param {Row} row */
const textOf = ({ stored, declaration, known }) =>
  [stored.name, stored.host, declaration?.provider, declaration?.service, declaration?.purpose, known?.service, known?.company].join('\n').toLowerCase();

/** @param {Popup} popup @param {Report} report */
function counts({ words }, { totals }) {
  const group = h('div', { class: 'counts', role: 'group', 'aria-label': words.t('ui_filter') });
  for (const verdict of COUNTED) {
    const n = totals[verdict];
    const press = (/** @type {Event} */ event) => {
      const button = /** @type {HTMLElement} */ (event.currentTarget);
      const on = button.getAttribute('aria-pressed') !== 'true';
      for (const other of group.children) other.setAttribute('aria-pressed', String(on && other === button));
      document.querySelector('#rows')?.dispatchEvent(new Event('filter'));
    };
    const label = h('span', null, words.plural(`ui_count_${verdict}`, n));
    group.append(h('button', { type: 'button', 'aria-pressed': 'false', 'data-verdict': verdict, onclick: press }, verdictMark(verdict), h('b', null, words.number(n)), label));
  }
  return group;
}

/** What was not met and what could not be seen. @param {Popup} popup @param {Report} report */
function notes(popup, report) {
  const { words, snapshot } = popup;
  const named = report.not_met.slice(0, 3).flatMap(({ declaration }, i) => [...(i ? [', '] : []), cookieName(words, declaration.name ?? '')]);
  const more = report.not_met.length > 3 ? words.plural('ui_and_more', report.not_met.length - 3) : '';
  return [
    report.not_met.length > 0 &&
      note('absent', words.parts(words.form('ui_not_met', report.totals.not_met), { n: report.totals.not_met, names: h('span', null, named, more) })),
    snapshot && snapshot.hidden.length > 0 && hidden(popup, snapshot),
  ];
}

/** Hosts whose cookies stay closed to us, and the one click that opens them. @param {Popup} popup @param {import('./messages.js').Snapshot} snapshot */
function hidden(popup, { hidden: hosts, ask }) {
  const { words } = popup;
  const some = `${hosts.slice(0, 3).map((host) => clean(host, 60)).join(', ')}${hosts.length > 3 ? words.plural('ui_and_more', hosts.length - 3) : ''}`;
  const open = h('button', { class: 'btn text', type: 'button', 'data-action': 'grant-hidden', onclick: () => popup.grant(ask) }, words.plural('ui_hidden_grant', hosts.length));
  return note('unknown', [words.plural('ui_hidden', hosts.length, { hosts: some }), ' ', open]);
}

/** @param {import('./marks.js').MarkName} name @param {import('./dom.js').Child} child */
const note = (name, child) => h('div', { class: 'note' }, mark(name), h('p', null, child));

/** @param {Popup} popup @param {HTMLElement} foot @param {string} state */
export function drawFoot(popup, foot, state) {
  const { words, snapshot, tab } = popup;
  const report = state === 'reading' ? undefined : snapshot?.report;
  foot.hidden = !report;
  if (!report || !snapshot) return fill(foot);
  const address = `report.html?${new URLSearchParams({ tab: String(tab.id), url: snapshot.url })}`;
  fill(
    foot,
    h('a', { class: 'btn', href: address, target: '_blank', 'data-action': 'report' }, words.t('ui_report')),
    exportButton(words, report),
  );
}

