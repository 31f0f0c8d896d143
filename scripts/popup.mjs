// The popup of a page, opened in a tab of its own, where a driver can read and press it.
/**
 * Opens the popup for the tab whose address begins with `address`, and waits until it shows an answer.
 * @param {import('./drive.mjs').Browser} browser
 */
export async function openPopup(browser, address, size) {
  const tab = await browser.tabOf(address);
  if (tab === undefined) throw new Error(`No tab shows ${address}.`);
  return openPopupOf(browser, tab, size);
}

/** The same for a tab by its number. @param {import('./drive.mjs').Browser} browser @param {number} tab */
export async function openPopupOf(browser, tab, { width = 380, height = 900 } = {}) {
  await browser.driver.switchTo().newWindow('window');
  await browser.driver.manage().window().setRect({ width, height });
  await browser.driver.get(`${browser.base}popup.html?tab=${tab}`);
  return settled(browser);
}

/** Waits until the popup shows a fresh answer, not only the one kept; gives the name of its state. */
export async function settled(browser) {
  return browser.until('the popup to settle', async () => {
    const { state, busy } = await browser.run('return { ...document.body.dataset }');
    return state && !['starting', 'reading'].includes(state) && !busy ? state : undefined;
  }, 30_000);
}

/** Rows as shown: name, verdict, purpose, origin, under their category. */
export async function popupRows(browser) {
  return browser.run(`
    const text = (element) => element?.textContent.replace(/\\s+/g, ' ').trim() ?? '';
    return [...document.querySelectorAll('section.group')].flatMap((group) =>
      [...group.querySelectorAll('details.row')].map((row) => ({
        category: text(group.querySelector('h2')?.firstChild),
        name: text(row.querySelector('summary .name')),
        verdict: text(row.querySelector('summary .said')),
        purpose: text(row.querySelector('summary .more')),
        from: text(row.querySelector('summary .from')),
      })));`);
}

/** What the popup says, as lines for a terminal. */
export async function popupText(browser) {
  const rows = await popupRows(browser);
  const [host, sub, verdict] = await browser.run(`
    const text = (query) => document.querySelector(query)?.textContent.replace(/\\s+/g, ' ').trim() ?? '';
    return [text('.host'), text('.top .sub'), text('.verdict') || text('.state .lead')];`);
  const lines = [host, sub, '', verdict];
  let category;
  for (const row of rows) {
    if (row.category !== category) lines.push('', (category = row.category));
    lines.push(`  ${row.name.padEnd(28)} ${row.verdict}`);
    for (const line of [row.purpose, row.from]) if (line) lines.push(`      ${line}`);
  }
  return lines.join('\n');
}
