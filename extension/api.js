// The only file that says `browser` or `chrome`: everyone else imports the one object from here.

/** @type {typeof chrome} */
export const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

/**
 * True in Firefox, which partitions every third-party cookie, knows containers, and lets an extension see a domain
 * cookie through any subdomain. Asked by feature: only Firefox describes itself.
 */
export const isFirefox = Boolean(api?.runtime && 'getBrowserInfo' in api.runtime);
