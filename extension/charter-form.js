// Where the visitor says where the charter is: an address, this very page, or its text; and forgets what was said before.
import { hostPattern, safeLink, whyNotFetch } from './addresses.js';
import { api } from './api.js';
import { h } from './dom.js';
import { forgetCharter } from './store.js';

/** @import { Popup } from './popup.js' */

/** Most characters of a pasted charter. */
const LONGEST_TEXT = 1_000_000;

/** @param {Popup} popup @param {boolean} [pasting] true when the field for the text is open from the start */
export function charterForm(popup, pasting = false) {
  const { words, snapshot } = popup;
  const field = h('input', { class: 'input', id: 'address', type: 'url', placeholder: 'https://', required: true, dir: 'ltr' });
  const problem = h('p', { class: 'small', role: 'alert', id: 'problem' });
  const text = h('textarea', { id: 'text', rows: 6, maxlength: LONGEST_TEXT, 'aria-label': words.t('ui_paste_here'), placeholder: words.t('ui_paste_here') });
  const paste = h(
    'form',
    { class: 'field', hidden: !pasting, onsubmit: (/** @type {Event} */ event) => submitText(event) },
    text,
    h('div', { class: 'actions' }, h('button', { class: 'btn', type: 'submit', 'data-action': 'read-text' }, words.t('ui_read_text'))),
  );

  /** @param {Event} event */
  async function submitAddress(event) {
    event.preventDefault();
    problem.textContent = '';
    const typed = field.value.trim();
    const address = safeLink(/^[a-z]+:/i.test(typed) ? typed : `https://${typed}`);
    if (!address || whyNotFetch(address, snapshot?.url ?? '', () => true)) {
      problem.textContent = words.t('ui_bad_address');
      return;
    }
    // Asked within the click, as browsers demand; answered at once where the site is granted already.
    const granted = await api.permissions.request({ origins: [hostPattern(address)] });
    if (granted) popup.read({ charter: { from: 'address', address } });
    else problem.textContent = words.t('ui_address_refused');
  }

  /** @param {Event} event */
  function submitText(event) {
    event.preventDefault();
    if (text.value.trim()) popup.read({ charter: { from: 'text', text: text.value } });
  }

  const togglePaste = () => {
    paste.hidden = !paste.hidden;
    if (!paste.hidden) text.focus();
  };
  const forget = async () => {
    await forgetCharter(snapshot?.host ?? '');
    popup.read({ again: true });
  };
  const back = () => snapshot && popup.redraw();

  return [
    h(
      'form',
      { class: 'field', novalidate: true, onsubmit: submitAddress },
      h('label', { for: 'address' }, words.t('ui_address')),
      h('div', { class: 'inline-form' }, field, h('button', { class: 'btn primary', type: 'submit', 'data-action': 'read-address' }, words.t('ui_read'))),
      problem,
    ),
    h(
      'div',
      { class: 'or' },
      h(
        'div',
        { class: 'actions' },
        h('button', { class: 'btn', type: 'button', 'data-action': 'this-page', onclick: () => popup.read({ charter: { from: 'this_page' } }) }, words.t('ui_this_is_it')),
        h('button', { class: 'btn', type: 'button', 'data-action': 'paste', onclick: togglePaste }, words.t('ui_paste')),
      ),
      paste,
      h(
        'div',
        { class: 'actions' },
        snapshot?.chosen && h('button', { class: 'btn text', type: 'button', 'data-action': 'forget', onclick: forget }, words.t('ui_forget_charter')),
        document.body.dataset.state === 'charter' && h('button', { class: 'btn text', type: 'button', 'data-action': 'back', onclick: back }, words.t('ui_back')),
      ),
    ),
  ];
}
