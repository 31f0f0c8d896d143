// One row of the list: closed it says name, verdict, purpose and origin; open it sets declared beside stored.
import { add, h } from './dom.js';
import { asides, clashes, findingBlock, findingTitle, weighs } from './findings.js';
import { mark, verdictColour, verdictMark } from './marks.js';
import { categoryName, charterLine, clean, cookieName, domainOf, hostName, lifetimeWords, originOf, purposeOf, siteWords } from './render.js';

/**
 * @import { Row } from './core/core.js'
 * @import { Words } from './words.js'
 * @typedef {object} RowContext
 * @property {Words} words
 * @property {string | undefined} language of the charter
 * @property {boolean} judged false when no charter was read: there is nothing to compare with
 * @property {((row: Row) => Promise<string | undefined>) | undefined} reveal gives the value, when the visitor wants values shown
 */

/** @param {Row} row @param {RowContext} context */
export function rowItem(row, context) {
  const { words } = context;
  const colour = verdictColour(row.verdict);
  const difference = row.verdict === 'differs' ? row.findings.find((finding) => finding.result === 'difference') : undefined;
  const details = h(
    'details',
    { class: 'row', 'data-id': row.id, 'data-verdict': row.verdict },
    h(
      'summary',
      null,
      verdictMark(row.verdict),
      h('span', { class: 'name', title: clean(row.stored.name) }, cookieName(words, row.stored.name)),
      h('span', { class: `said ${colour}`.trim() }, words.t(`verdict_${row.verdict}`)),
      mark('caret', 'caret'),
      difference && h('span', { class: 'more clash' }, findingTitle(words, difference), '.'),
      h('span', { class: 'more' }, purposeOf(words, row, context.language), consent(words, row)),
      h('span', { class: 'from' }, originOf(words, row)),
    ),
  );
  // The inner part of a row is built when it is first opened: a list of thousands must show at once.
  details.addEventListener('toggle', () => details.open && details.childElementCount === 1 && details.append(rowBody(row, context)));
  return h('li', null, details);
}

/** Whether it needs consent, said only where the site does not say what it is for. @param {Words} words @param {Row} row */
function consent(words, row) {
  return row.purpose_from === 'known' && row.consent === 'needed' ? ` ${words.t('ui_consent_needed')}` : '';
}

/** @param {Row} row @param {RowContext} context */
function rowBody(row, context) {
  const { words, language } = context;
  return h(
    'div',
    { class: 'row-body' },
    compare(row, context),
    row.declaration?.place?.quote && charterLine(words, row.declaration, language),
    row.findings.filter(weighs).map((finding) => findingBlock(words, finding, language, row.declaration?.place?.quote)),
    asides(words, row.findings),
    h('p', { class: 'small quiet' }, attributes(words, row)),
  );
}

/** @param {Row} row @param {RowContext} context */
function compare(row, { words, language, judged, reveal }) {
  const { declaration, stored } = row;
  const clash = clashes(row.findings);
  const silent = words.t(declaration ? 'ui_not_stated' : judged ? 'ui_no_line' : 'ui_not_read');
  const quiet = (/** @type {string} */ text) => h('td', { class: 'quiet' }, text);
  const said = (/** @type {string | undefined} */ text) => (text ? h('td', null, siteWords(text, language)) : quiet(silent));
  const value = h('td', null, stored.value ? words.plural('ui_masked', stored.value.length) : words.t('ui_masked_plain'));
  reveal?.(row).then((text) => text !== undefined && value.replaceChildren(h('code', null, clean(text, 4096))));

  /** @type {[line: string, declared: Node, stored: import('./dom.js').Child][]} */
  const lines = [
    ['name', declaration ? h('td', null, cookieName(words, declaration.name ?? '')) : quiet(silent), cookieName(words, stored.name)],
    ['lifetime', said(declaration?.lifetime_declared), lifetimeWords(words, stored.lifetime, stored.capped)],
    ['category', said(declaration?.category_declared), row.category ? categoryName(words, row.category) : words.t('ui_category_unknown')],
    ['domain', declaration?.hosts?.length ? h('td', null, declaration.hosts.map((host) => h('div', null, hostName(host)))) : quiet(silent), hostName(domainOf(stored))],
  ];
  if (row.party) lines.push(['party', declaration?.party ? h('td', null, words.t(`ui_party_${declaration.party}`)) : quiet(silent), words.t(`ui_party_${row.party}`)]);

  const body = h('tbody', null);
  for (const [line, declared, actual] of lines) {
    const clashing = clash.has(line);
    add(body, [
      h(
        'tr',
        { class: clashing && 'clash' },
        h('th', { scope: 'row' }, words.t(`ui_line_${line}`)),
        declared,
        h('td', null, clashing && mark('differs'), actual),
      ),
    ]);
  }
  add(body, [h('tr', null, h('th', { scope: 'row' }, words.t('ui_line_value')), quiet(words.t('ui_not_relevant')), value)]);
  return h(
    'table',
    { class: 'compare' },
    h('caption', { class: 'sr' }, words.t('ui_compare_caption', { name: clean(stored.name, 80) })),
    h('colgroup', null, h('col'), h('col'), h('col')),
    h('thead', null, h('tr', null, h('td'), h('th', { scope: 'col' }, words.t('ui_declared')), h('th', { scope: 'col' }, words.t('ui_stored')))),
    body,
  );
}

/** The attributes in their own names, for those who know them. @param {Words} words @param {Row} row */
function attributes(words, { stored }) {
  const same = { none: 'None', lax: 'Lax', strict: 'Strict' };
  const list = [
    stored.secure && 'Secure',
    stored.http_only && 'HttpOnly',
    stored.same_site && `SameSite=${same[stored.same_site]}`,
    stored.path && `Path=${clean(stored.path, 100)}`,
    stored.partition_key && 'Partitioned',
  ].filter(Boolean);
  return stored.kind === 'cookie' ? h('bdi', { dir: 'ltr' }, list.join(' · ')) : words.t(`ui_kind_${stored.kind}`);
}
