// Small pieces that popup and report share: names, the site's words, durations, links. The site's text is always isolated
// from ours, bounded, and free of characters that would hide or turn what follows.
import { safeLink } from './addresses.js';
import { h } from './dom.js';

/**
 * @import { Lifetime, Row, Declaration } from './core/core.js'
 * @import { Words } from './words.js'
 */

/** Most characters of a text from outside that are shown in one place. */
const LONGEST = 600;

/**
 * A text from outside, fit to be shown: control characters become visible, direction overrides go, the length is bounded.
 * @param {string} text @param {number} [most]
 */
export function clean(text, most = LONGEST) {
  // eslint-disable-next-line no-control-regex -- these are the characters to be replaced
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd').replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '');
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}

/** A name that may break where a person would break it: after `_`, before `.`. @param {string} text @param {number} [most] characters @returns {(string | Node)[]} */
export function breakable(text, most) {
  return clean(text, most)
    .split(/(?<=_)|(?=\.)/)
    .flatMap((part, i) => (i ? [h('wbr'), part] : [part]));
}

/** The name of a cookie; a cookie without a name says so. @param {Words} words @param {string} name @param {number} [most] characters */
export const cookieName = (words, name, most) => (name ? h('code', null, breakable(name, most)) : h('i', null, words.t('ui_no_name')));

/** @param {string} name */
export const hostName = (name) => h('code', null, breakable(name));

/** The site's own words, in its own language and its own quotation marks. @param {string} text @param {string} [language] */
export const siteWords = (text, language) => h('bdi', { lang: language }, `«\u00a0${clean(text)}\u00a0»`);

/** The domain of a cookie as the browser means it: with a dot when subdomains receive it too. @param {Row['stored']} stored */
export const domainOf = (stored) => `${stored.host_only ? '' : '.'}${stored.host}`;

/**
 * A link that leads out, or the bare text when the address is not one of the web.
 * @param {string | undefined} address @param {...import('./dom.js').Child} children
 */
export function outLink(address, ...children) {
  const href = safeLink(address);
  return href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children) : h('span', null, ...children);
}

/** @param {Words} words @param {Lifetime | undefined} lifetime @param {boolean} [capped] */
export function lifetimeWords(words, lifetime, capped = false) {
  if (lifetime === undefined) return words.t('ui_no_end');
  if (typeof lifetime !== 'number') return words.t(`ui_lifetime_${lifetime}`);
  return capped ? words.t('ui_or_more', { span: words.span(lifetime) }) : words.span(lifetime);
}

/** Where a declaration stands in the charter, in words. @param {Words} words @param {Declaration} declaration */
export function placeWords(words, { place }) {
  const { table, row, headings } = place ?? {};
  if (table && row) return words.t('ui_place_table', { table, row });
  if (row) return words.t('ui_place_row', { row });
  return clean(headings?.at(-1) ?? '', 80);
}

/** The charter line that a row rests on, with a link that jumps to it. @param {Words} words @param {Declaration} declaration @param {string} [language] */
export function charterLine(words, declaration, language) {
  const { url = '', fragment, quote = '' } = declaration.place ?? {};
  const address = url && fragment ? `${url}#:~:text=${fragment}` : url;
  const where = placeWords(words, declaration);
  return h(
    'figure',
    { class: 'words' },
    h('blockquote', null, siteWords(quote, language)),
    h('figcaption', null, where && `${where}. `, safeLink(address) && outLink(address, words.t('ui_read_in_charter'))),
  );
}

/** What a row is for, and whose words say it. @param {Words} words @param {Row} row @param {string} [language] */
export function purposeOf(words, row, language) {
  const { declaration, known } = row;
  if (row.purpose_from === 'charter' && declaration?.purpose) return siteWords(declaration.purpose, language);
  if (row.purpose_from === 'known' && known) return words.t('ui_sentence', { text: words.t(known.function) });
  return words.t('ui_purpose_unknown');
}

/** Who stands behind a row: the charter's words, else what our table knows, else the domain. @param {Words} words @param {Row} row */
export function originOf(words, row) {
  const { declaration, known, stored, party } = row;
  const declared = [declaration?.provider, declaration?.service].filter(Boolean);
  const third = party === 'third' ? words.t('ui_from_third', { host: clean(stored.host, 100) }) : '';
  /** @type {import('./dom.js').Child[]} */
  const parts = declared.map((text) => h('bdi', null, clean(text ?? '', 120)));
  if (!declared.length && known) parts.push(words.t('ui_known', { service: known.service }));
  if (third) parts.push(third);
  return parts.flatMap((part, i) => (i ? [', ', part] : [part]));
}

/** The name of a category, ours. @param {Words} words @param {Row['category'] | null} category */
export const categoryName = (words, category) => words.t(category ? `category_${category}` : 'ui_category_none');

/**
 * Rows by category, in the order of the report, which puts the worst first.
 * @param {Row[]} rows
 * @returns {Map<NonNullable<Row['category']> | null, Row[]>}
 */
export function byCategory(rows) {
  /** @type {Map<NonNullable<Row['category']> | null, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const category = row.category ?? null;
    const group = groups.get(category);
    if (group) group.push(row);
    else groups.set(category, [row]);
  }
  return groups;
}
