// The full report in a tab, for reading and printing: the finished snapshot of `report.html?tab=<id>&url=<page>`.
import { api } from './api.js';
import { categoryChart } from './chart.js';
import { add, fill, find, h } from './dom.js';
import { AT_ONCE, OTHERS, exportButton, save } from './export-menu.js';
import { findingBlock, sentence, weighs } from './findings.js';
import { ledger } from './ledger.js';
import { VERDICTS, mark, verdictMark } from './marks.js';
import { isMessage } from './messages.js';
import { breakable, clean, cookieName, outLink } from './render.js';
import { snapshotOf } from './store.js';
import { loadWords } from './words.js';

/**
 * @import { Report, Finding, Verdict } from './core/core.js'
 * @import { Snapshot } from './messages.js'
 * @import { Words } from './words.js'
 * @import { Child } from './dom.js'
 */

/** Names given in one line of the summary. */
const NAMED = 5;
const LONGEST_NAME = 60;

/** @param {Words} words @param {Report} report */
function header(words, report) {
  const { site, generated, totals } = report;
  const told = h('p', { class: 'small', role: 'status' });
  const file = (/** @type {import('./core/core.js').Format} */ format) => async () => {
    try {
      told.textContent = words.t('ui_export_saved', { name: await save(report, format) });
    } catch (error) {
      told.textContent = words.t('ui_export_failed', { reason: String(error) });
    }
  };
  return h(
    'header',
    null,
    h('p', { class: 'over' }, h('span', null, words.t('ui_report_over')), h('span', null, words.t('ui_report_date', { date: words.date(generated, 'full'), time: words.time(generated) }))),
    h('h1', null, breakable(site.host)),
    h('p', { class: 'lede' }, lede(words, totals)),
    h(
      'dl',
      { class: 'meta' },
      fact(words.t('ui_charter'), charterFact(words, report)),
      fact(words.t('ui_page'), outLink(site.url, breakable(site.url))),
      fact(words.t('ui_profile'), words.t(`ui_profile_${(report.profile || 'fr').replace('-', '_')}`)),
    ),
    h(
      'div',
      { class: 'bar' },
      h('button', { class: 'btn primary', type: 'button', onclick: () => print() }, words.t('ui_print')),
      AT_ONCE.map((format) => h('button', { class: 'btn', type: 'button', 'data-export': format, onclick: file(format) }, words.t(`ui_export_${format}`))),
      exportButton(words, report, OTHERS, words.t('ui_other_formats')),
    ),
    told,
  );
}

/** @param {string} name @param {Child} value */
const fact = (name, value) => h('div', null, h('dt', null, name), h('dd', null, value));

/** The counts in one sentence. @param {Words} words @param {Report['totals']} totals */
function lede(words, totals) {
  const verdicts = /** @type {const} */ (['as_declared', 'differs', 'not_declared', 'not_judged']);
  const parts = verdicts.filter((verdict) => totals[verdict] > 0).map((verdict) => words.plural(`ui_lede_${verdict}`, totals[verdict]));
  const list = new Intl.ListFormat(words.language).format(parts);
  return totals.stored ? words.plural('ui_lede', totals.stored, { list }) : words.t('ui_state_no_cookies');
}

/** @param {Words} words @param {Report} report @returns {Child} */
function charterFact(words, { charter }) {
  const { status, title, url, language, declared, read } = charter;
  if (status !== 'read' && status !== 'lists_nothing') return [words.t(`ui_state_${status}`), url && [' ', outLink(url, breakable(url))]];
  const name = h('bdi', { lang: language }, clean(title || words.t('ui_charter'), 120));
  return [
    url ? outLink(url, name) : name,
    language && `, ${words.t('ui_in_language', { language: words.languageName(language) })}`,
    `, ${words.plural('ui_declared_count', declared)}`,
    h('div', { class: 'small quiet' }, words.t('ui_read_at', { when: words.moment(read ?? 0) })),
  ];
}

/** @param {Words} words @param {Report} report */
function summary(words, report) {
  const by = (/** @type {Verdict} */ verdict) => report.rows.filter((row) => row.verdict === verdict);
  const names = (/** @type {string[]} */ all) => {
    const shown = all.slice(0, NAMED).map((name) => cookieName(words, name, LONGEST_NAME));
    if (all.length <= NAMED) return h('span', null, words.list(shown));
    return h('span', null, shown.flatMap((name, i) => [i ? ', ' : '', name]), words.plural('ui_and_more', all.length - NAMED));
  };
  const line = (/** @type {string} */ key, /** @type {string[]} */ all) => h('span', null, words.parts(words.form(key, all.length), { n: all.length, names: names(all) }));
  /** @type {Child[]} */
  const points = [];
  for (const verdict of /** @type {const} */ (['not_declared', 'differs', 'as_declared', 'not_judged'])) {
    const rows = by(verdict);
    if (rows.length) points.push(h('li', null, verdictMark(verdict), line(`ui_point_${verdict}`, rows.map((row) => row.stored.name))));
  }
  if (report.not_met.length) points.push(h('li', null, mark('absent'), line('ui_point_not_met', report.not_met.map(({ declaration }) => declaration.name ?? ''))));
  return h('div', null, h('h2', { id: 's1' }, words.t('ui_in_short')), h('ul', { class: 'points' }, points));
}

/** Findings of one kind are one block, with the cookies that they are about: fifty cookies without a purpose are one remark. @param {Words} words @param {Report} report */
function findings(words, report) {
  /** @type {Map<string, { finding: Finding, verdict: Verdict | undefined, names: string[] }>} */
  const groups = new Map();
  const put = (/** @type {Finding} */ finding, /** @type {Verdict | undefined} */ verdict, /** @type {string | undefined} */ name) => {
    if (!weighs(finding)) return;
    const key = JSON.stringify([finding.rule, finding.result, finding.severity, finding.confidence, finding.values, finding.quote, name === undefined]);
    const group = groups.get(key) ?? { finding, verdict, names: [] };
    if (name !== undefined) group.names.push(name);
    groups.set(key, group);
  };
  for (const finding of report.findings) put(finding, undefined, undefined);
  for (const row of report.rows) for (const finding of row.findings) put(finding, row.verdict, row.stored.name);
  for (const { declaration, findings: all } of report.not_met) for (const finding of all) put(finding, undefined, declaration.name);
  const order = ['critical', 'major', 'minor', 'info'];
  const sorted = [...groups.values()].sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity));
  return sorted.map(({ finding, verdict, names }) => {
    const block = findingBlock(words, finding, report.charter.language);
    if (names.length) block.firstElementChild?.after(h('p', null, words.list(names.map((name) => cookieName(words, name, LONGEST_NAME)))));
    return h('article', { class: 'finding' }, verdict ? mark(VERDICTS[verdict].name, `mark ${VERDICTS[verdict].colour}`.trim()) : mark('unknown'), block);
  });
}

/** @param {Words} words @param {Report} report */
function footer(words, report) {
  const asked = report.charter.fetches.map((fetch) => `${clean(fetch.url, 300)} (${fetch.status || words.t('ui_no_answer')})`);
  return h(
    'footer',
    null,
    h('p', null, asked.length ? words.t('ui_addresses_read', { list: asked.join(' ; ') }) : words.t('ui_addresses_none'), ' ', words.t('ui_nothing_sent')),
    report.charter.sha256 && h('p', { class: 'hash' }, words.t('ui_hash', { hash: report.charter.sha256 })),
    h('p', null, words.t('ui_no_verdict'), ' ', words.t('ui_made_with', { version: report.environment.version ?? '', browser: report.environment.browser ?? '' })),
  );
}

/** @param {string} id @param {string} title @param {Child} content */
const section = (id, title, content) => h('section', { 'aria-labelledby': id, class: 'cite' }, h('h2', { id }, title), content);

/** @param {Words} words @param {Snapshot | undefined} snapshot */
function draw(words, snapshot) {
  const main = find('#main', HTMLElement);
  const report = snapshot?.report;
  if (!report) {
    document.body.dataset.state = 'none';
    return fill(main, h('h1', null, words.t('ui_report')), h('p', null, words.t('ui_report_none')));
  }
  document.title = words.t('ui_report_title', { host: report.site.host, date: words.date(report.generated) });
  const remarks = findings(words, report);
  const unseen = report.unseen.map(({ what, values }) => h('li', null, sentence(words, what, values)));
  fill(main, header(words, report), h('section', { class: 'two', 'aria-labelledby': 's1' }, summary(words, report), categoryChart(words, report)));
  add(main, [
    (report.rows.length > 0 || report.not_met.length > 0) &&
      section('s3', words.t('ui_compare_title'), h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': words.t('ui_scroll_table') }, ledger(words, report))),
    remarks.length > 0 && section('s5', words.t('ui_findings'), remarks),
    unseen.length > 0 && section('s7', words.t('ui_unseen'), h('ul', { class: 'asides' }, unseen)),
    footer(words, report),
  ]);
  document.body.dataset.state = 'report';
}

/** Asks the background for the page's snapshot, when none is waiting. @param {number} tab @returns {Promise<Snapshot | undefined>} */
function ask(tab) {
  return new Promise((done) => {
    const port = api.runtime.connect({ name: 'report' });
    port.onMessage.addListener((/** @type {unknown} */ news) => {
      if (!isMessage(news) || news.type === 'progress') return;
      port.disconnect();
      done(news.type === 'snapshot' ? news.snapshot : undefined);
    });
    port.onDisconnect.addListener(() => done(undefined));
    port.postMessage({ type: 'read', tab });
  });
}

async function start() {
  const asked = new URLSearchParams(location.search);
  const tab = Number(asked.get('tab'));
  const words = await loadWords();
  words.apply(document);
  draw(words, (await snapshotOf(tab, asked.get('url') ?? '')) ?? (await ask(tab)));
}

start().catch((error) => {
  console.error(error);
  fill(find('#main', HTMLElement), h('p', null, String(error)));
});
