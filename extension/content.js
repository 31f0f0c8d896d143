// Looks at one frame of a page: its links with the place where they stand, and the addresses it talked to. It has no
// opinion and sends nothing; whoever injected it calls `cookieCharterFrame()`. Content scripts cannot import.
(() => {
  const MOST_LINKS = 3000;
  const MOST_ADDRESSES = 2000;
  const LONGEST_WORDS = 300;
  const LONGEST_ADDRESS = 2000;

  /** Places by landmark, nearest first; what is fixed over the page is a banner. */
  const LANDMARKS = /** @type {const} */ ([
    ['dialog', 'dialog, [role="dialog"], [role="alertdialog"], [aria-modal="true"]'],
    ['footer', 'footer, [role="contentinfo"]'],
    ['nav', 'nav, header, [role="navigation"], [role="banner"]'],
  ]);

  /** @type {Map<Element, string>} */
  let places = new Map();

  /** @param {Element | null} element @returns {string} */
  function placeOf(element) {
    if (!element) return 'body';
    const known = places.get(element);
    if (known) return known;
    const landmark = LANDMARKS.find(([, selector]) => element.matches(selector))?.[0];
    const position = landmark ? '' : getComputedStyle(element).position;
    const floats = (position === 'fixed' || position === 'sticky') && element !== document.body;
    const root = element.getRootNode();
    const parent = element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    const place = landmark ?? (floats ? 'banner' : placeOf(parent));
    places.set(element, place);
    return place;
  }

  /** The document and every open shadow tree in it: consent panels often live in one. */
  function* roots() {
    /** @type {(Document | ShadowRoot)[]} */
    const waiting = [document];
    for (let root = waiting.pop(); root; root = waiting.pop()) {
      yield root;
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) waiting.push(element.shadowRoot);
    }
  }

  /** @param {Element} link */
  function wordsOf(link) {
    const picture = link.querySelector('img[alt]');
    const words = [link.textContent, link.getAttribute('aria-label'), link.getAttribute('title'), picture?.getAttribute('alt')];
    return (words.map((text) => text?.replace(/\s+/g, ' ').trim()).find(Boolean) ?? '').slice(0, LONGEST_WORDS);
  }

  function links() {
    /** @type {import('./core/core.js').LinkOfPage[]} */
    const found = [];
    for (const root of roots()) {
      for (const element of root.querySelectorAll('a[href], area[href], link[rel~="privacy-policy"][href]')) {
        const link = /** @type {HTMLAnchorElement} */ (element);
        if (!/^https?:/.test(link.href) || link.href.length > LONGEST_ADDRESS) continue;
        const place = link.localName === 'link' ? 'head' : placeOf(link);
        found.push({ text: wordsOf(link), href: link.href, place, rel: link.rel, hreflang: link.getAttribute('hreflang') ?? '' });
      }
    }
    places = new Map();
    // Of a very long page, the end is kept before the middle: the footer is there.
    return found.length <= MOST_LINKS ? found : [...found.slice(0, MOST_LINKS / 3), ...found.slice((-2 * MOST_LINKS) / 3)];
  }

  /** @param {Iterable<string>} addresses without fragment, each once */
  function tidy(addresses) {
    const kept = new Set();
    for (const address of addresses) {
      if (!/^https?:/.test(address)) continue;
      kept.add((address.split('#', 1)[0] ?? '').slice(0, LONGEST_ADDRESS));
      if (kept.size >= MOST_ADDRESSES) break;
    }
    return [...kept];
  }

  async function storageAccess() {
    if (window === window.top || !document.hasStorageAccess) return undefined;
    return document.hasStorageAccess().catch(() => undefined);
  }

  /** @returns {Promise<import('./messages.js').FrameFacts>} */
  async function look() {
    return {
      url: location.href,
      title: document.title.slice(0, LONGEST_WORDS),
      language: document.documentElement.lang || undefined,
      links: window === window.top ? links() : [],
      resources: tidy(performance.getEntriesByType('resource').map((entry) => entry.name)),
      frames: tidy([...document.querySelectorAll('iframe, frame')].map((frame) => /** @type {HTMLIFrameElement} */ (frame).src)),
      storage_access: await storageAccess(),
    };
  }

  /** @type {any} */ (globalThis).cookieCharterFrame = look;
})();
