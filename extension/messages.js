// Everything that is said between the parts of the extension: one tagged union, with a guard at each door.

/**
 * @import { Report, Format } from './core/core.js'
 * @import { PageKind } from './addresses.js'
 */

/**
 * What the content script saw of one frame.
 * @typedef {object} FrameFacts
 * @property {string} url
 * @property {string} title
 * @property {string} [language]
 * @property {import('./core/core.js').LinkOfPage[]} links empty in frames below the top
 * @property {string[]} resources addresses of what it loaded
 * @property {string[]} frames addresses of the frames in it
 * @property {boolean} [storage_access] whether a third-party frame reaches its unpartitioned cookies
 */

/**
 * The charter that the visitor names.
 * @typedef {{ from: 'address', address: string } | { from: 'text', text: string } | { from: 'this_page' }} CharterChoice
 */

/**
 * What there is to show for one tab: a report, or why there is none.
 * @typedef {object} Snapshot
 * @property {'report' | 'no_access' | 'closed' | Exclude<PageKind, 'site'>} kind
 * @property {string} url address of the page, without fragment
 * @property {string} host
 * @property {string} site its registrable domain, or the host itself
 * @property {string[]} ask match patterns that would open what is closed
 * @property {string[]} hidden hosts that the page contacted and whose cookies could not be asked for
 * @property {Report} [report]
 * @property {boolean} [chosen] true when the visitor named the charter
 */

/**
 * How far a reading has come.
 * @typedef {{ step: 'looking' } | { step: 'cookies', count: number } | { step: 'link', text: string }
 *   | { step: 'fetching', address: string } | { step: 'reading', bytes: number }} Progress
 */

/**
 * @typedef {{ type: 'page_loaded' }} PageLoaded
 * @typedef {{ type: 'export', report: Report, format: Format }} ExportRequest
 * @typedef {{ type: 'read', tab: number, charter?: CharterChoice, again?: boolean }} ReadRequest
 * @typedef {{ type: 'cancel' }} CancelRequest
 * @typedef {{ type: 'progress', progress: Progress }} ProgressNews
 * @typedef {{ type: 'snapshot', snapshot: Snapshot }} SnapshotNews
 * @typedef {{ type: 'failed', reason: string }} FailedNews
 * @typedef {PageLoaded | ExportRequest | ReadRequest | CancelRequest | ProgressNews | SnapshotNews | FailedNews} Message
 */

/** @type {Record<Message['type'], Record<string, string>>} */
const SHAPES = {
  page_loaded: {},
  export: { report: 'object', format: 'string' },
  read: { tab: 'number' },
  cancel: {},
  progress: { progress: 'object' },
  snapshot: { snapshot: 'object' },
  failed: { reason: 'string' },
};

/**
 * True for a message of ours with the fields that its type must have. All else is ignored by whoever receives it.
 * @param {unknown} value
 * @returns {value is Message}
 */
export function isMessage(value) {
  if (typeof value !== 'object' || value === null) return false;
  const fields = /** @type {Record<string, unknown>} */ (value);
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) return false;
  const shape = SHAPES[/** @type {Message['type']} */ (type)];
  return Object.entries(shape).every(([name, kind]) => typeof fields[name] === kind && fields[name] !== null);
}
