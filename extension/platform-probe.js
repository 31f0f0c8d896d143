// Copies what consent platforms keep in the objects of a page. It runs in the page's own world, where everything may be the
// page's own making: so it only copies, with bounds, never throws, and has no opinion. Its last value is a promise of
// `{ language, scripts, resources, platforms }`, plain data for the core (`PageFacts`).
(async () => {
  const MOST_VALUES = 20_000;
  const MOST_CHARACTERS = 2_000_000;
  const DEEPEST = 8;
  const LONGEST_TEXT = 20_000;
  const LONGEST_MARKUP = 600_000;
  const MOST_ADDRESSES = 2_000;
  const LONGEST_ADDRESS = 4_000;
  /** Milliseconds that one answer may take, and that all of the copying may take. */
  const PATIENCE = 1_500;
  const TIME = 4_000;

  const page = /** @type {any} */ (window);

  /**
   * Where each platform keeps what it declares: paths of page objects, where `()` asks one of its reading functions and
   * `[a,b]` keeps only these keys of each object; and selectors of markup that it writes.
   * @type {Record<string, { values?: string[], html?: string[] }>}
   */
  const PLACES = {
    cookiebot: {
      values: [
        'CookieConsentDialog.cookieTableNecessary',
        'CookieConsentDialog.cookieTablePreference',
        'CookieConsentDialog.cookieTableStatistics',
        'CookieConsentDialog.cookieTableAdvertising',
        'CookieConsentDialog.cookieTableUnclassified',
      ],
      html: ['.CookieDeclaration'],
    },
    onetrust: {
      values: ['OneTrust.GetDomainData().Groups', 'Optanon.GetDomainData().Groups'],
      html: ['#ot-sdk-cookie-policy', '#ot-host-lst'],
    },
    usercentrics: {
      values: ['UC_UI.getServicesFullInfo()', 'UC_UI.getActiveLanguage()', '__ucCmp.getConsentDetails()[consent,services,name,given,type]'],
    },
    didomi: {
      values: [
        'Didomi.getVendors()[id,name,deviceStorageDisclosureUrl]',
        'Didomi.getCurrentUserStatus()[purposes,enabled,updated,*]',
      ],
    },
    axeptio: { values: ['axeptioSettings[clientId,cookiesVersion]', 'axeptioSDK.cookiesConfig.steps'] },
    cookieyes: { values: ['_ckyStore._categories'], html: ['.cky-preference-center', '.cky-table-wrapper'] },
    complianz: { values: ['complianz[region,page_links,cookie-statement,url,*]'], html: ['#cmplz-cookies-overview'] },
    iubenda: { values: ['_iub.csConfiguration[siteId,cookiePolicyId,lang]'] },
    osano: { values: ['Osano.cm[analytics,marketing,personalization,locale]'], html: ['.osano-cm-window'] },
    tarteaucitron: {
      values: [
        'tarteaucitron.job',
        'tarteaucitron.services[type,name,cookies,*]',
        'tarteaucitron.lang[title,*]',
        'tarteaucitron.parameters[privacyUrl]',
      ],
    },
    klaro: { values: ['klaroConfig', 'klaro.defaultConfig', 'klaroApiConfigs'] },
    cookieconsent: {
      values: ['CookieConsent.getConfig().categories', 'CookieConsent.getConfig().language'],
      html: ['#cc-main', '#cc_div'],
    },
    tcf: { values: ['__tcfapi.getVendorList[vendors,id,name,deviceStorageDisclosureUrl,*]'] },
  };

  const end = performance.now() + TIME;
  let values = 0;
  let characters = 0;
  const full = () => values >= MOST_VALUES || characters >= MOST_CHARACTERS || performance.now() > end;

  /** @template T @param {() => T} look @returns {T | undefined} */
  function attempt(look) {
    try {
      return look();
    } catch {
      return undefined;
    }
  }

  /** @param {string} text @param {number} longest */
  function text(text, longest) {
    const kept = text.slice(0, Math.min(longest, MOST_CHARACTERS - characters));
    characters += kept.length;
    return kept;
  }

  /**
   * A plain copy. Functions, elements, cycles and what throws are left out.
   * @param {any} value @param {Set<string> | undefined} keys @param {number} depth @param {object[]} above
   * @returns {any} undefined for what has no copy
   */
  function copy(value, keys, depth, above) {
    if (full()) return undefined;
    values += 1;
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value === 'string') return text(value, LONGEST_TEXT);
    if (typeof value !== 'object' || depth >= DEEPEST || above.includes(value)) return undefined;
    if (attempt(() => value instanceof Node || value instanceof Window) ?? true) return undefined;
    if (attempt(() => value instanceof RegExp)) {
      return attempt(() => ({ regex: text(String(value.source), LONGEST_TEXT), flags: String(value.flags).slice(0, 10) }));
    }
    const path = [...above, value];
    if (attempt(() => Array.isArray(value))) {
      /** @type {any[]} */
      const list = [];
      const length = Number(attempt(() => value.length)) || 0;
      for (let at = 0; at < length && !full(); at += 1) list.push(copy(attempt(() => value[at]), keys, depth + 1, path) ?? null);
      return list;
    }
    const object = Object.create(null);
    for (const key of attempt(() => Object.keys(value)) ?? []) {
      if (full()) break;
      // `*` lets the keys of maps through: what stands under them is kept by the other names.
      const named = !keys || keys.has(key) || (keys.has('*') && isObject(attempt(() => value[key])));
      if (!named || key.length > 300) continue;
      const kept = copy(attempt(() => value[key]), keys, depth + 1, path);
      if (kept !== undefined) object[key] = kept;
    }
    return object;
  }

  /** @param {any} value */
  const isObject = (value) => typeof value === 'object' && value !== null;

  /**
   * An answer that may come later, or never. It travels in a box: a bare value would be asked for its own `then`.
   * @param {any} value @returns {Promise<{ value?: any }>}
   */
  async function patient(value) {
    const then = isObject(value) ? attempt(() => value.then) : undefined;
    if (typeof then !== 'function') return { value };
    const late = new Promise((done) => attempt(() => then.call(value, (/** @type {any} */ answer) => done({ value: answer }), () => done({}))));
    return Promise.race([late, new Promise((done) => setTimeout(() => done({}), PATIENCE))]);
  }

  /** Answers by what was asked, so that nothing is asked twice. @type {Map<string, { value?: any }>} */
  const answers = new Map();

  /** What stands at a path, in a box. @param {string} path @returns {Promise<{ value?: any }>} */
  async function at(path) {
    let box = { value: page };
    let soFar = '';
    for (const step of path.split('.')) {
      soFar += `.${step}`;
      const owner = box.value;
      if (owner === undefined || owner === null) return {};
      if (!answers.has(soFar)) answers.set(soFar, await patient(attempt(() => one(owner, step))));
      box = /** @type {{ value: any }} */ (answers.get(soFar));
    }
    return box;
  }

  /** @param {any} owner @param {string} step */
  function one(owner, step) {
    if (step === 'klaroConfig') return owner[klaroName()];
    if (step.endsWith('()')) return typeof owner[step.slice(0, -2)] === 'function' ? owner[step.slice(0, -2)]() : undefined;
    if (typeof owner === 'function' && step === 'getVendorList') {
      return new Promise((done) => owner('getVendorList', 2, (/** @type {any} */ list, /** @type {any} */ ok) => done(ok ? list : undefined)));
    }
    return owner[step];
  }

  /** The name of Klaro's configuration: its script element may choose another. */
  function klaroName() {
    const script = document.querySelector('script[data-klaro-config], script[data-config][src*="klaro"]');
    return script?.getAttribute('data-klaro-config') || script?.getAttribute('data-config') || 'klaroConfig';
  }

  /** @param {string[]} selectors */
  function markup(selectors) {
    /** @type {string[]} */
    const pieces = [];
    for (const element of attempt(() => document.querySelectorAll(selectors.join(','))) ?? []) {
      if (full() || pieces.length >= 50) break;
      const outermost = !element.parentElement?.closest(selectors.join(','));
      const filled = element.childElementCount > 0 && element.getElementsByTagName('*').length < MOST_VALUES;
      if (outermost && filled) pieces.push(text(element.outerHTML, LONGEST_MARKUP));
    }
    return pieces;
  }

  const language = attempt(() => text(String(document.documentElement.lang), 50)) ?? '';
  /** @type {Record<string, object>} */
  const platforms = {};
  for (const [platform, places] of Object.entries(PLACES)) {
    /** @type {Record<string, any>} */
    const kept = {};
    for (const place of places.values ?? []) {
      const [path = '', list] = place.split(/[[\]]/);
      const { value } = await at(path);
      const keys = list === undefined ? undefined : new Set(list.split(','));
      const plain = isObject(value) || typeof value === 'string' ? copy(value, keys, 0, []) : undefined;
      if (plain !== undefined) kept[path] = plain;
    }
    const html = places.html ? markup(places.html) : [];
    if (Object.keys(kept).length || html.length) platforms[platform] = { values: kept, html, language };
  }

  /** @param {HTMLScriptElement} script */
  function facts(script) {
    const named = [...script.attributes].filter(({ name }) => name === 'id' || name.startsWith('data-')).slice(0, 20);
    return {
      src: script.src.slice(0, LONGEST_ADDRESS),
      attributes: Object.fromEntries(named.map(({ name, value }) => [name, value.slice(0, 300)])),
    };
  }

  return {
    language: language || undefined,
    scripts: (attempt(() => [...document.scripts].slice(0, MOST_ADDRESSES).map(facts)) ?? []).filter(
      ({ src, attributes }) => src || Object.keys(attributes).length,
    ),
    resources: (attempt(() => performance.getEntriesByType('resource').map((entry) => entry.name)) ?? [])
      .filter((address) => address.length <= LONGEST_ADDRESS)
      .slice(0, MOST_ADDRESSES),
    platforms,
  };
})();
