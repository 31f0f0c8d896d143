// The table of the report: every stored thing and every declaration not met, by category.
import { add, h } from './dom.js';
import { clashes } from './findings.js';
import { mark, verdictColour, verdictMark } from './marks.js';
import { categoryName, clean, cookieName, domainOf, hostName, lifetimeWords, purposeOf, siteWords } from './render.js';

/**
 * @import { Report, Row, Declaration, Category } from './core/core.js'
 * @import { Words } from './words.js'
 * @import { Child } from './dom.js'
 */

const LONGEST_NAME = 120;
const COLUMNS = /** @type {const} */ (['c-name', 'c-said', '', 'c-life', 'c-life', 'c-host']);

/** @param {Words} words @param {Report} report */
export function ledger(words, report) {
  const heads = ['ui_col_cookie', 'ui_col_verdict', 'ui_col_purpose', 'ui_col_declared', 'ui_col_stored', 'ui_col_domain'];
  const table = h(
    'table',
    { class: 'ledger' },
    h('caption', null, words.t('ui_ledger_caption')),
    h('colgroup', null, COLUMNS.map((name) => h('col', { class: name || undefined }))),
    h('thead', null, h('tr', null, heads.map((key) => h('th', { scope: 'col', class: /_(declared|stored)$/.test(key) && 'n' }, words.t(key))))),
  );
  /** @type {Map<Category | null, HTMLTableRowElement[]>} */
  const groups = new Map();
  const put = (/** @type {Category | null | undefined} */ category, /** @type {HTMLTableRowElement} */ line) => {
    const lines = groups.get(category ?? null) ?? [];
    lines.push(line);
    groups.set(category ?? null, lines);
  };
  for (const row of report.rows) put(row.category, storedLine(words, report, row));
  for (const { declaration } of report.not_met) put(declaration.category, declaredLine(words, report, declaration));
  for (const [category, lines] of groups) {
    const band = h('tr', { class: 'band' }, h('th', { colspan: heads.length, scope: 'rowgroup' }, categoryName(words, category)));
    table.append(h('tbody', null, band, lines));
  }
  return table;
}

/** The lifetime as our reading of the site's words, so that the column aligns; the words themselves when they give no number. @param {Words} words @param {Declaration | undefined} declaration @param {string} [language] */
function declaredLife(words, declaration, language) {
  const { lifetime_seconds: seconds, lifetime_declared: said } = declaration ?? {};
  if (seconds !== undefined) return h('td', { class: 'n' }, lifetimeWords(words, seconds));
  if (said) return h('td', { class: 'n words-cell' }, siteWords(clean(said, 60), language));
  return h('td', { class: 'n quiet' }, words.t('ui_absent'));
}

/** @param {Words} words @param {Report} report @param {Row} row */
function storedLine(words, report, row) {
  const { stored, declaration, known, party } = row;
  const language = report.charter.language;
  const clash = clashes(row.findings);
  const provider = declaration?.provider || known?.service;
  /** @type {Child[]} */
  const purpose = [purposeOf(words, row, language)];
  if (declaration && (declaration.name !== stored.name || declaration.category_declared)) {
    const name = declaration.name !== stored.name && cookieName(words, declaration.name ?? '');
    const category = declaration.category_declared && siteWords(declaration.category_declared, language);
    add(purposeNote(purpose), [words.t('ui_declared_as'), ' ', name, name && category && ', ', category]);
  } else if (row.verdict === 'not_declared') {
    add(purposeNote(purpose), [words.t(row.purpose_from === 'known' ? 'ui_no_line_known' : 'ui_no_line_unknown')]);
  }
  const colour = verdictColour(row.verdict);
  return h(
    'tr',
    { 'data-id': row.id },
    h('th', { scope: 'row', class: 'name' }, cookieName(words, stored.name, LONGEST_NAME), provider && h('small', null, h('bdi', null, clean(provider, 120)))),
    h('td', null, h('span', { class: `said ${colour}`.trim() }, verdictMark(row.verdict), ' ', words.t(`verdict_${row.verdict}`))),
    h('td', null, purpose),
    declaredLife(words, declaration, language),
    h('td', { class: `n ${clash.has('lifetime') ? 'clash' : ''}`.trim() }, lifetimeWords(words, stored.lifetime, stored.capped)),
    h('td', null, hostName(domainOf(stored)), party && h('small', null, words.t(`ui_party_${party}`))),
  );
}

/** @param {Child[]} purpose */
function purposeNote(purpose) {
  const note = h('small', null);
  purpose.push(note);
  return note;
}

/** @param {Words} words @param {Report} report @param {Declaration} declaration */
function declaredLine(words, report, declaration) {
  const language = report.charter.language;
  const { name = '', provider, purpose, hosts = [] } = declaration;
  return h(
    'tr',
    null,
    h('th', { scope: 'row', class: 'name' }, cookieName(words, name), provider && h('small', null, h('bdi', null, clean(provider, 120)))),
    h('td', null, h('span', { class: 'said quiet' }, mark('absent'), ' ', words.t('ui_not_met_word'))),
    h('td', { class: purpose ? '' : 'quiet' }, purpose ? siteWords(purpose, language) : words.t('ui_not_stated')),
    declaredLife(words, declaration, language),
    h('td', { class: 'n quiet' }, words.t('ui_absent')),
    h('td', { class: hosts.length ? '' : 'quiet' }, hosts.length ? hosts.map((host) => h('div', null, hostName(host))) : words.t('ui_not_stated')),
  );
}
