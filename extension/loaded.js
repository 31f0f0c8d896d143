// Runs on sites that the visitor granted, when the badge is on: one message per page load, by which the background sets it.
// Content scripts cannot import.
(() => {
  const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;
  /** Scripts that run at `load` write their cookies just after it. */
  const SETTLE = 1000;

  // The extension may have been updated or removed since the page was loaded; then there is nobody to tell.
  const tell = () => api.runtime?.sendMessage({ type: 'page_loaded' })?.catch?.(() => {});
  const soon = () => setTimeout(tell, SETTLE);
  const whenShown = () => (document.readyState === 'complete' ? soon() : addEventListener('load', soon, { once: true }));
  // A page drawn ahead of time is not visited yet.
  if (/** @type {any} */ (document).prerendering) document.addEventListener('prerenderingchange', whenShown, { once: true });
  else whenShown();
  // Back and forward bring a page back without loading it.
  addEventListener('pageshow', (event) => event.persisted && soon());
})();
