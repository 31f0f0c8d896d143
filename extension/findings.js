// One finding: the sentence, then what it rests on. The sentences are in the words files, by rule.
import { add, h } from './dom.js';
import { clean, outLink, siteWords } from './render.js';

/**
 * @import { Finding } from './core/core.js'
 * @import { Words } from './words.js'
 */

/** Which line of the comparison a difference is about, by family of rules. */
const CLASH = /** @type {Record<string, string>} */ ({ LIF: 'lifetime', CAT: 'category', PAR: 'party' });

/** @param {Finding} finding */
const keyOf = ({ rule }) => `rule_${rule.replace('-', '_')}`;

/**
 * A sentence of the core with its values: durations and languages by their names' endings, the site's words isolated.
 * A value named `count` chooses the plural form.
 * @param {Words} words @param {string} key @param {Record<string, string>} values
 */
export function sentence(words, key, values) {
  const shown = Object.entries(values).map(([name, value]) => {
    if (name.endsWith('_seconds') && Number.isFinite(Number(value))) return [name, words.span(Number(value))];
    if (name.endsWith('_language')) return [name, words.languageName(value)];
    return [name, h('bdi', null, clean(value, 200))];
  });
  return words.parts(words.has(key) ? key : words.form(key, Number(values.count ?? 0)), Object.fromEntries(shown));
}

/** The finding in one sentence. @param {Words} words @param {Finding} finding */
export const findingTitle = (words, finding) => sentence(words, keyOf(finding), finding.values);

/** Lines of the comparison that findings of a row contradict. @param {Finding[]} findings @returns {Set<string>} */
export function clashes(findings) {
  const lines = findings.filter((f) => f.result === 'difference').map((f) => CLASH[f.rule.split('-')[0] ?? '']);
  return new Set(lines.filter((line) => line !== undefined));
}

/** Worth a paragraph of its own; the rest is good to know. @param {Finding} finding */
export const weighs = ({ result, severity }) => result !== 'ok' && result !== 'cannot_tell' && severity !== 'info';

/** @param {Finding} finding */
export const isAside = (finding) => finding.result !== 'ok' && !weighs(finding);

/** A source of a rule: its words, and its address as a link when it ends in one. @param {string} source */
function sourceOf(source) {
  const found = /^(.*?)[,;:]?\s*(https?:\/\/\S+)$/.exec(source);
  return found ? outLink(found[2], found[1] || found[2]) : source;
}

/**
 * @param {Words} words
 * @param {Finding} finding
 * @param {string} [language] of the charter, for its words
 * @param {string} [quoted] the charter line that stands above already
 */
export function findingBlock(words, finding, language, quoted) {
  const more = `${keyOf(finding)}_more`;
  const facts = h('dl', { class: 'facts' });
  add(facts, [
    h('dt', null, words.t('ui_severity')),
    h('dd', null, words.t(`severity_${finding.severity}`)),
    h('dt', null, words.t('ui_confidence')),
    h('dd', null, words.t(`confidence_${finding.confidence}`)),
    finding.sources.length > 0 && [
      h('dt', null, words.t('ui_source')),
      h('dd', null, finding.sources.map((source) => h('div', null, sourceOf(source)))),
    ],
  ]);
  return h(
    'div',
    null,
    h('h3', null, findingTitle(words, finding)),
    finding.quote && finding.quote !== quoted && h('figure', { class: 'words' }, h('blockquote', null, siteWords(finding.quote, language))),
    words.has(words.form(more, 1)) && h('p', null, sentence(words, more, finding.values)),
    facts,
  );
}

/** Findings that are good to know, one line each. @param {Words} words @param {Finding[]} findings */
export function asides(words, findings) {
  const rest = findings.filter(isAside);
  return rest.length > 0 && h('ul', { class: 'asides small quiet' }, rest.map((finding) => h('li', null, findingTitle(words, finding))));
}
