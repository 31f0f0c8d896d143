// One portal and one browser for a file of tests, in each of the two browsers.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe } from 'node:test';
import { BROWSERS, launch } from '../../scripts/drive.mjs';
import { startPortal } from '../../scripts/portal.mjs';

/**
 * Runs `tests` once in each browser; `world` is filled before the first of them.
 * @param {string} title
 * @param {(world: { browser: any, portal: any, downloads: string }, which: string) => void} tests
 * @param {object} [wish] passed to launch(); `grant` names keys of the portal's sites, or is 'all'
 */
export function inBothBrowsers(title, tests, { grant = 'all', ...wish } = {}) {
  for (const which of BROWSERS) {
    describe(`${title}, ${which}`, () => {
      const world = {};
      before(async () => {
        world.downloads = await mkdtemp(join(tmpdir(), 'cookie-charter-files-'));
        world.portal = await startPortal(['--with-parent']);
        const { hosts, sites } = world.portal;
        const granted = grant === 'all' ? hosts : grant.map((key) => new URL(sites[key]).hostname);
        // As the popup asks for it: the site and what is below, or the cookies of the parent domain stay hidden.
        const patterns = granted.map((host) => `*://*.${host.split('.').slice(-2).join('.')}/*`);
        world.browser = await launch(which, {
          dist: resolve('dist'),
          hosts,
          grant: [...new Set(patterns)],
          downloads: world.downloads,
          ...wish,
        });
      });
      after(async () => {
        await world.browser?.close();
        await world.portal?.stop();
        await rm(world.downloads, { recursive: true, force: true });
      });
      tests(world, which);
    });
  }
}
