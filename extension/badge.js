// The toolbar icon: in colour where the site was read, with the number of cookies that need a look, and the same in words.
import { api } from './api.js';
import { settings } from './store.js';
import { loadWords } from './words.js';

/** @import { Report } from './core/core.js' */

/** As in look.css: red says "not declared" and nothing else. */
const RED = '#b0232b';
const COLOUR = { 16: '/icons/icon-16.png', 32: '/icons/icon-32.png' };

/**
 * @param {number} tabId
 * @param {Report} report
 */
export async function showBadge(tabId, report) {
  const { badge } = await settings();
  const words = await loadWords();
  const { totals, charter } = report;
  const count = totals.attention;
  const judged = charter.status === 'read' || charter.status === 'lists_nothing';
  const title = !totals.stored
    ? words.t('ui_badge_empty')
    : !judged
      ? words.t('ui_badge_not_judged')
      : count
        ? words.plural('ui_badge', count)
        : words.t('ui_badge_none');
  try {
    await Promise.all([
      api.action.setIcon({ tabId, path: COLOUR }),
      api.action.setTitle({ tabId, title: `Cookie Charter\n${title}` }),
      api.action.setBadgeText({ tabId, text: badge && count > 0 ? words.number(count) : '' }),
      api.action.setBadgeBackgroundColor({ tabId, color: RED }),
      api.action.setBadgeTextColor({ tabId, color: '#ffffff' }),
    ]);
  } catch (error) {
    // The tab was closed while its page was being judged: there is no icon to set.
    console.info('No badge:', error);
  }
}
