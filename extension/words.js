// The words of the chosen language, from the same files that the browser and the core use.
import { api } from './api.js';
import { settings } from './store.js';

/** Languages that have a words file, each in its own name. */
export const LANGUAGES = /** @type {const} */ ({ en: 'English', fr: 'Français' });
const FALLBACK = 'en';
const DAY = 86_400;

/** @typedef {Record<string, string | number | Node | Node[]>} Values */

/** One language: sentences with their values, plurals, numbers, dates and durations. */
export class Words {
  /** @param {string} language @param {Record<string, string>} all message key -> sentence */
  constructor(language, all) {
    this.language = language;
    this.all = all;
    this.rules = new Intl.PluralRules(language);
  }

  /** @param {string} key */
  has(key) {
    return Object.hasOwn(this.all, key);
  }

  /**
   * A sentence with its values. A missing key shows as itself: visible, never blank.
   * @param {string} key @param {Record<string, string | number>} [values]
   */
  t(key, values = {}) {
    return this.parts(key, values).join('');
  }

  /**
   * A sentence as a list of words and values, so that a value may be an element of the page.
   * @template {string | number | Node | Node[]} V
   * @param {string} key @param {Record<string, V>} [values]
   * @returns {(string | V)[]}
   */
  parts(key, values = {}) {
    const message = this.all[key] ?? key;
    return message.split(/(\{[a-z0-9_]+\})/).map((piece) => {
      const name = /^\{(.+)\}$/.exec(piece)?.[1];
      if (name === undefined || !Object.hasOwn(values, name)) return piece;
      const value = /** @type {V} */ (values[name]);
      return typeof value === 'number' ? this.number(value) : value;
    });
  }

  /** The key of the plural form for a count. @param {string} key @param {number} n */
  form(key, n) {
    const forms = [`${key}_${this.rules.select(n)}`, `${key}_other`];
    return forms.find((form) => this.has(form)) ?? key;
  }

  /** @param {string} key @param {number} n @param {Record<string, string | number>} [values] `n` is among them */
  plural(key, n, values = {}) {
    return this.t(this.form(key, n), { ...values, n });
  }

  /** @param {number} n */
  number(n) {
    return new Intl.NumberFormat(this.language).format(n);
  }

  /** A list as people write it ("a, b and c"), of elements. @template {Node} N @param {N[]} items @returns {(string | N)[]} */
  list(items) {
    const parts = new Intl.ListFormat(this.language).formatToParts(items.map((_, i) => String(i)));
    return parts.map(({ type, value }) => (type === 'element' ? /** @type {N} */ (items[Number(value)]) : value));
  }

  /** A number of bytes, in a unit that people read. @param {number} bytes */
  size(bytes) {
    const [unit, n] = bytes < 1000 ? ['byte', bytes] : bytes < 1e6 ? ['kilobyte', bytes / 1000] : ['megabyte', bytes / 1e6];
    return new Intl.NumberFormat(this.language, { style: 'unit', unit: String(unit), maximumFractionDigits: Number(n) < 10 && unit !== 'byte' ? 1 : 0 }).format(Number(n));
  }

  /** A time span in the largest unit that keeps it exact enough; days are never rounded to months. @param {number} seconds */
  span(seconds) {
    const days = seconds >= 2 * DAY || Math.abs(seconds - DAY) < 60;
    const [unit, size] = days ? ['day', DAY] : seconds < 90 ? ['second', 1] : seconds < 5400 ? ['minute', 60] : ['hour', 3600];
    const n = Math.max(0, Math.round(seconds / Number(size)));
    return new Intl.NumberFormat(this.language, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(n);
  }

  /** A moment as people say it: "today at 15:07", or the date. @param {number} at @param {number} [now] */
  moment(at, now = Date.now()) {
    const time = this.time(at);
    const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
    return sameDay ? this.t('ui_today_at', { time }) : this.t('ui_date_at', { date: this.date(at), time });
  }

  /** @param {number} at */
  time(at) {
    return new Intl.DateTimeFormat(this.language, { timeStyle: 'short' }).format(at);
  }

  /** @param {number} at @param {'long' | 'full'} [style] */
  date(at, style = 'long') {
    return new Intl.DateTimeFormat(this.language, { dateStyle: style }).format(at);
  }

  /** The name of a language, in this one. @param {string} tag */
  languageName(tag) {
    try {
      return new Intl.DisplayNames(this.language, { type: 'language' }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }

  /** Writes the words into a page: `data-i18n` for the text, `data-i18n-<attribute>` for an attribute. @param {Document} page */
  apply(page) {
    page.documentElement.lang = this.language;
    page.documentElement.dir = this.t('ui_direction');
    for (const element of page.querySelectorAll('[data-i18n]')) element.textContent = this.t(element.getAttribute('data-i18n') ?? '');
    for (const name of ['aria-label', 'title', 'placeholder']) {
      for (const element of page.querySelectorAll(`[data-i18n-${name}]`)) {
        element.setAttribute(name, this.t(element.getAttribute(`data-i18n-${name}`) ?? ''));
      }
    }
  }
}

/**
 * The first of the wanted languages that has a words file; regional variants count as their language.
 * @param {readonly string[]} wanted
 */
export function choose(wanted) {
  const have = Object.keys(LANGUAGES);
  return wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find((tag) => have.includes(tag)) ?? FALLBACK;
}

/** The words file that the browser itself picks for its user: each file names its language. */
export const browserLanguage = () => choose([api.i18n.getMessage('ext_language')]);

/** @type {Map<string, Promise<Words>>} */
const loaded = new Map();

/** @returns {Promise<Words>} */
export async function loadWords() {
  const { language } = await settings();
  const tag = choose(language ? [language] : [browserLanguage()]);
  const words = loaded.get(tag) ?? readWords(tag);
  loaded.set(tag, words);
  return words;
}

/** @param {string} tag */
async function readWords(tag) {
  const response = await fetch(api.runtime.getURL(`_locales/${tag}/messages.json`));
  const messages = /** @type {Record<string, { message: string }>} */ (await response.json());
  return new Words(tag, Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, message])));
}
