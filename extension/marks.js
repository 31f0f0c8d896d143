// The signs: silhouette first (disc, diamond, square, ring), then glyph, then colour. Always beside a word, never alone.

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {[tag: string, attributes: Record<string, string | number>]} Shape */
const LINE = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };

/** @satisfies {Record<string, Shape[]>} */
const SHAPES = {
  ok: [
    ['circle', { cx: 8, cy: 8, r: 7, fill: 'currentColor' }],
    ['path', { ...LINE, d: 'M4.9 8.3 7 10.4l4.1-4.7', stroke: 'var(--cut)', 'stroke-width': 1.6 }],
  ],
  differs: [
    ['path', { d: 'M8 1 15 8 8 15 1 8Z', fill: 'currentColor', stroke: 'currentColor', 'stroke-linejoin': 'round' }],
    ['path', { ...LINE, d: 'M5.4 6.8h5.2M5.4 9.3h5.2M9.3 5 6.7 11.1', stroke: 'var(--cut)', 'stroke-width': 1.3 }],
  ],
  missing: [
    ['rect', { x: 1.5, y: 1.5, width: 13, height: 13, rx: 2, fill: 'currentColor' }],
    ['path', { ...LINE, d: 'M8 4.6v4M8 11.3v.1', stroke: 'var(--cut)', 'stroke-width': 1.8 }],
  ],
  absent: [
    ['circle', { cx: 8, cy: 8, r: 6.2, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 }],
    ['path', { ...LINE, d: 'M5.4 8h5.2', stroke: 'currentColor', 'stroke-width': 1.4 }],
  ],
  unknown: [
    ['circle', { cx: 8, cy: 8, r: 6.2, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4, 'stroke-dasharray': '2.6 2.27' }],
    ['path', { ...LINE, d: 'M6.4 6.6c.1-1 .8-1.5 1.7-1.5s1.6.6 1.6 1.4c0 1.2-1.6 1.2-1.6 2.4M8.1 11v.1', stroke: 'currentColor', 'stroke-width': 1.3 }],
  ],
  check: [['path', { ...LINE, d: 'm3.4 8.5 3 3 6.2-7', stroke: 'currentColor', 'stroke-width': 1.5 }]],
  now: [
    ['circle', { cx: 8, cy: 8, r: 5.6, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 }],
    ['circle', { cx: 8, cy: 8, r: 2.4, fill: 'currentColor' }],
  ],
  caret: [['path', { ...LINE, d: 'm4 6.2 4 4 4-4', stroke: 'currentColor', 'stroke-width': 1.5 }]],
  settings: [
    ['path', { ...LINE, d: 'M2 4.7h7M13 4.7h1M2 11.3h1M7 11.3h7', stroke: 'currentColor', 'stroke-width': 1.4 }],
    ['circle', { cx: 11, cy: 4.7, r: 1.8, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 }],
    ['circle', { cx: 5, cy: 11.3, r: 1.8, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 }],
  ],
};

/** @typedef {keyof typeof SHAPES} MarkName */

/**
 * An SVG element with attributes.
 * @param {string} tag @param {Record<string, string | number>} attributes @param {(Node | string)[]} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @type {Map<string, SVGElement>} */
const drawn = new Map();

/**
 * A sign, hidden from screen readers: the word beside it says the same.
 * @param {MarkName} name @param {string} [classes]
 */
export function mark(name, classes = 'mark') {
  const model = drawn.get(name) ?? svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, ...SHAPES[name].map(([tag, at]) => svg(tag, at)));
  drawn.set(name, model);
  const copy = /** @type {SVGElement} */ (model.cloneNode(true));
  copy.setAttribute('class', classes);
  return copy;
}

/**
 * How a verdict shows: its sign and its class, which carries the colour.
 * @satisfies {Record<string, { name: MarkName, colour: string }>}
 */
export const VERDICTS = {
  not_declared: { name: 'missing', colour: 'missing' },
  differs: { name: 'differs', colour: 'differs' },
  as_declared: { name: 'ok', colour: 'ok' },
  not_judged: { name: 'unknown', colour: '' },
};

/** @param {import('./core/core.js').Verdict} verdict */
export const verdictMark = (verdict) => mark(VERDICTS[verdict].name, `mark ${VERDICTS[verdict].colour}`.trim());

/** The class of a verdict in words: only what needs a look is coloured. @param {import('./core/core.js').Verdict} verdict */
export const verdictColour = (verdict) => (verdict === 'as_declared' ? '' : VERDICTS[verdict].colour);
