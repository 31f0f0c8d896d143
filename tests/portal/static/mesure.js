// The undeclared statistics cookie of the leaky sites: an audience identifier for the whole registrable
// domain, kept 400 days, written before any choice and whatever the choice.
'use strict';
if (!/(^|; )_ga=/.test(document.cookie)) {
  const site = location.hostname.split('.').slice(-2).join('.');
  const seconds = Math.floor(Date.now() / 1000);
  document.cookie = `_ga=GA1.1.1528403917.${seconds}; Domain=${site}; Path=/; Max-Age=${400 * 86400}; SameSite=Lax; Secure`;
}
