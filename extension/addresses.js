// What an address is, and which addresses may be asked for. Pure: no browser interface, so that node tests it.

/** @typedef {'site' | 'browser' | 'file'} PageKind */

/** Most characters of an address that is kept or shown. */
export const LONGEST = 2000;

/** @param {string | undefined} address */
export function parse(address) {
  try {
    return new URL(address ?? '');
  } catch {
    return undefined;
  }
}

/** @param {URL | undefined} url */
const isWeb = (url) => url?.protocol === 'https:' || url?.protocol === 'http:';

/**
 * What kind of page an address shows. An address that the browser keeps from us is one of its own pages.
 * @param {string | undefined} address
 * @returns {PageKind}
 */
export function pageKind(address) {
  const url = parse(address);
  if (isWeb(url)) return 'site';
  return url?.protocol === 'file:' ? 'file' : 'browser';
}

/** The address without its fragment: two fragments of one page are one page. @param {string} address */
export function withoutFragment(address) {
  return address.split('#', 1)[0] ?? '';
}

/** The host of an address as cookies name it: without port and brackets. @param {string} address */
export function hostOf(address) {
  return parse(address)?.hostname.replace(/^\[|\]$/g, '') ?? '';
}

/** True for an IPv4 or IPv6 literal, as the URL parser writes it. @param {string} host */
export function isLiteral(host) {
  return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * True for a host that lies on this machine or in its neighbourhood, whatever the page that names it says: an IP literal,
 * a name without a dot (`localhost`, an intranet name), and the domains reserved for local use (RFC 6761, 6762, 8375, 9476).
 * @param {string} host
 */
export function isLocal(host) {
  const name = host.toLowerCase().replace(/\.$/, '');
  return isLiteral(name) || !name.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(name);
}

/**
 * Whether the background may ask for a document on behalf of a page. Returns the reason when it may not.
 *
 * A public page must not make the extension knock at the doors of the visitor's own network; a page that itself lies
 * there may have its charter on that same host.
 * @param {string} address
 * @param {string} page address of the page in front of the visitor
 * @param {(host: string) => boolean} mayAsk which public hosts are asked: the page's own site, a consent platform, or any
 *   when the visitor gave the address
 * @returns {'forbidden' | 'other_site' | undefined}
 */
export function whyNotFetch(address, page, mayAsk) {
  const url = parse(address);
  if (!url || !isWeb(url) || url.username || url.password || address.length > LONGEST) return 'forbidden';
  const [host, pageHost] = [hostOf(address), hostOf(page)];
  if (isLocal(host)) return host === pageHost ? undefined : 'forbidden';
  return mayAsk(host) ? undefined : 'other_site';
}

/**
 * The match pattern that covers a site: its registrable domain and every subdomain, on http and https.
 *
 * The whole site, because cookies of the parent domain are the page's own, and the charter often lies on another
 * subdomain. Both schemes, because Chromium keeps cookies that are not `Secure` from an https-only pattern.
 * @param {string} site a registrable domain, or a host that has none
 */
export function sitePattern(site) {
  if (site.includes(':')) return `*://[${site}]/*`;
  return isLiteral(site) || !site.includes('.') ? `*://${site}/*` : `*://*.${site}/*`;
}

/** The match pattern for the very host of an address. @param {string} address */
export function hostPattern(address) {
  return `*://${parse(address)?.hostname ?? ''}/*`;
}

/** An address that may stand in a link: only http and https ever do. @param {string | undefined} address */
export function safeLink(address) {
  const url = parse(address);
  return url && isWeb(url) ? url.href : undefined;
}
