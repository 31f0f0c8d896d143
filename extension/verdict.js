// The sentences that answer: from the totals of the report alone, so that popup, report page and badge agree.

/**
 * @import { Report } from './core/core.js'
 * @import { Words } from './words.js'
 */

/** The answer in one sentence, for a charter that was read. @param {Words} words @param {Report} report */
export function verdictSentence(words, { totals }) {
  const { stored, not_declared, differs, as_declared } = totals;
  if (not_declared && differs) {
    return words.t('ui_verdict_both', {
      not_declared: words.plural('ui_verdict_part_not_declared', not_declared),
      differs: words.plural('ui_verdict_part_differs', differs),
    });
  }
  if (not_declared) return words.plural(not_declared === stored ? 'ui_verdict_none_declared' : 'ui_verdict_not_declared', not_declared);
  if (differs) return words.plural('ui_verdict_differs', differs);
  if (as_declared && as_declared === stored) return words.plural('ui_verdict_ok', stored);
  return words.plural('ui_verdict_not_judged', stored);
}

/** True when every stored thing is as declared, and there is something stored. @param {Report} report */
export const allDeclared = ({ charter, totals }) => charter.status === 'read' && totals.stored > 0 && totals.as_declared === totals.stored;
