// The menu that saves the report as a file. The file is written by the core from the report on the screen.
import { api } from './api.js';
import { add, h } from './dom.js';
import { mark } from './marks.js';

/**
 * @import { Report, Format, Export } from './core/core.js'
 * @import { Words } from './words.js'
 */

/** What the popup offers, in the order of its menu. @type {readonly Format[]} */
export const USUAL = ['csv', 'json', 'markdown', 'html', 'corrected_html'];
/** What the report page offers at once, and what it keeps in a menu. @type {readonly Format[]} */
export const AT_ONCE = ['csv', 'json', 'corrected_html'];
/** @type {readonly Format[]} */
export const OTHERS = ['markdown', 'html', 'corrected_markdown', 'corrected_csv', 'tcf'];

/** A finished file is kept this long for the browser to save it. */
const SAVING = 60_000;

/**
 * Writes the report in a format and hands the file to the browser.
 * @param {Report} report @param {Format} format
 */
export async function save(report, format) {
  const answer = /** @type {{ file?: Export, error?: string } | undefined} */ (
    await api.runtime.sendMessage({ type: 'export', report, format })
  );
  if (!answer?.file) throw new Error(answer?.error ?? 'The background gave no file.');
  const { name, media_type, text } = answer.file;
  const address = URL.createObjectURL(new Blob([text], { type: media_type }));
  const link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), SAVING);
  return name;
}

/**
 * A button with its menu: arrows, Home and End move, Escape and a click elsewhere close, and the focus goes back.
 * @param {Words} words @param {Report} report @param {readonly Format[]} [formats] @param {string} [label]
 */
export function exportButton(words, report, formats = USUAL, label = words.t('ui_export')) {
  const menu = h('div', { class: 'menu', role: 'menu', id: 'export-menu', 'aria-label': label, hidden: true });
  const button = h(
    'button',
    { class: 'btn', type: 'button', 'data-action': 'export-menu', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': 'export-menu' },
    label,
    ' ',
    mark('caret', 'caret'),
  );
  const told = h('span', { class: 'sr', role: 'status' });
  const failed = h('p', { class: 'menu-error small', hidden: true });
  const items = formats.map((format) =>
    h(
      'button',
      { type: 'button', role: 'menuitem', tabindex: -1, 'data-export': format, onclick: () => void choose(format) },
      words.t(`ui_export_${format}`),
      h('small', null, words.t(`ui_export_${format}_more`)),
    ),
  );
  add(menu, items);

  /** @param {boolean} open @param {boolean} [focusBack] */
  function show(open, focusBack = false) {
    menu.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open) items[0]?.focus();
    else if (focusBack) button.focus();
  }

  /** @param {Format} format */
  async function choose(format) {
    show(false, true);
    failed.hidden = true;
    try {
      told.textContent = words.t('ui_export_saved', { name: await save(report, format) });
    } catch (error) {
      failed.textContent = words.t('ui_export_failed', { reason: String(error) });
      failed.hidden = false;
    }
  }

  button.addEventListener('click', () => show(Boolean(menu.hidden)));
  const box = h('div', { class: 'menu-box' }, button, menu, told, failed);
  box.addEventListener('keydown', (event) => {
    if (menu.hidden) return;
    const at = items.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length]?.focus();
    else if (event.key === 'Escape') show(false, true);
    else return;
    event.preventDefault();
  });
  box.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !box.contains(to)) show(false);
  });
  return box;
}
