// Cookies by category and verdict: one mark for one cookie; bars once a category holds more than fit in a line.
import { h } from './dom.js';
import { VERDICTS, mark, svg } from './marks.js';
import { categoryName } from './render.js';

/**
 * @import { Report, Category } from './core/core.js'
 * @import { Words } from './words.js'
 * @import { MarkName } from './marks.js'
 */

const UNITS = 11;
const WIDTH = 480;
const LINE = 40;
const LABEL = 152;

const SERIES = /** @type {const} */ (['not_declared', 'differs', 'as_declared', 'not_judged', 'not_met']);
/** @param {typeof SERIES[number]} series @returns {{ name: MarkName, colour: string }} */
const look = (series) => (series === 'not_met' ? { name: 'absent', colour: 'quiet' } : VERDICTS[series]);

/** @param {Report} report */
function count(report) {
  /** @type {Map<Category | null, Record<typeof SERIES[number], number>>} */
  const lines = new Map();
  const line = (/** @type {Category | null | undefined} */ category) => {
    const known = lines.get(category ?? null) ?? { not_declared: 0, differs: 0, as_declared: 0, not_judged: 0, not_met: 0 };
    lines.set(category ?? null, known);
    return known;
  };
  for (const row of report.rows) line(row.category)[row.verdict] += 1;
  for (const { declaration } of report.not_met) line(declaration.category).not_met += 1;
  return lines;
}

/** @param {Words} words @param {Report} report */
export function categoryChart(words, report) {
  const lines = count(report);
  const most = Math.max(1, ...[...lines.values()].map((line) => sum(Object.values(line))));
  const series = SERIES.filter((name) => [...lines.values()].some((line) => line[name]));
  const word = (/** @type {typeof SERIES[number]} */ name) => words.t(name === 'not_met' ? 'ui_not_met_word' : `verdict_${name}`);
  const described = [...lines].map(([category, line]) => {
    const parts = series.filter((name) => line[name]).map((name) => `${words.number(line[name])} ${word(name).toLowerCase()}`);
    return `${categoryName(words, category)}: ${parts.join(', ')}.`;
  });
  const height = lines.size * LINE + 8;
  const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-labelledby': 'chart-title chart-text' });
  chart.append(text('title', { id: 'chart-title' }, words.t('ui_chart_title')), text('desc', { id: 'chart-text' }, described.join(' ')));
  const drawing = svg('g', { 'aria-hidden': 'true' }, svg('path', { class: 'axis', d: `M${LABEL} 0V${height}` }));
  [...lines].forEach(([category, line], i) => {
    const y = i * LINE + 4;
    drawing.append(text('text', { x: 0, y: y + 21 }, categoryName(words, category)));
    drawing.append(...(most <= UNITS ? units(line, y) : bars(words, line, y, most)));
  });
  chart.append(drawing);
  const totals = (/** @type {typeof SERIES[number]} */ name) => sum([...lines.values()].map((line) => line[name]));
  return h(
    'figure',
    { 'aria-labelledby': 's2' },
    h('h2', { id: 's2' }, words.t('ui_by_category')),
    chart,
    h('ul', { class: 'legend' }, series.map((name) => h('li', null, sign(name), ` ${word(name)}, ${words.number(totals(name))}`))),
  );
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** @param {typeof SERIES[number]} series */
const sign = (series) => mark(look(series).name, `mark ${look(series).colour}`.trim());

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} content */
const text = (tag, attributes, content) => svg(tag, attributes, content);

/** @param {Record<typeof SERIES[number], number>} line @param {number} y */
function units(line, y) {
  return SERIES.flatMap((name) => Array.from({ length: line[name] }, () => name)).map((name, i) => place(sign(name), LABEL + 12 + i * 28, y + 6, 20));
}

/** @param {SVGElement} drawn @param {number} x @param {number} y @param {number} size */
function place(drawn, x, y, size) {
  for (const [name, value] of Object.entries({ x, y, width: size, height: size })) drawn.setAttribute(name, String(value));
  return drawn;
}

/** @param {Words} words @param {Record<typeof SERIES[number], number>} line @param {number} y @param {number} most */
function bars(words, line, y, most) {
  /** Each bar ends in its mark and its figure, for whoever does not see the colour. */
  const ENDS = 52;
  const named = SERIES.filter((name) => line[name]);
  const scale = (WIDTH - LABEL - 12 - ENDS * SERIES.length) / most;
  let x = LABEL + 12;
  return named.flatMap((name) => {
    const width = Math.max(2, line[name] * scale);
    const bar = svg('rect', { class: `bar-of ${look(name).colour}`.trim(), x, y: y + 8, width, height: 16, fill: 'currentColor' });
    const end = place(sign(name), x + width + 4, y + 8, 16);
    const figure = text('text', { x: x + width + 24, y: y + 21 }, words.number(line[name]));
    x += width + ENDS;
    return [bar, end, figure];
  });
}
