// Runs web-ext lint and lets only the known warnings through, each by its code and with its reason.
// usage: node scripts/lint-extension.mjs DIST
import { spawnSync } from 'node:child_process';

const KNOWN = new Map([
  // One manifest serves both browsers: Chrome reads service_worker, Firefox reads scripts and says that it ignores the other.
  ['BACKGROUND_SERVICE_WORKER_IGNORED', 'Firefox ignores background.service_worker'],
]);

const [dist] = process.argv.slice(2);
if (!dist) {
  console.error('usage: node scripts/lint-extension.mjs DIST');
  process.exit(2);
}
const run = spawnSync('web-ext', ['lint', '--source-dir', dist, '--output', 'json', '--no-config-discovery'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
if (run.error) throw run.error;
const report = JSON.parse(run.stdout.slice(run.stdout.indexOf('{')));
const all = [...report.errors, ...report.warnings, ...report.notices];
const unknown = all.filter((finding) => !KNOWN.has(finding.code));
for (const { _type, code, message, file, line } of unknown) {
  console.error(`${_type} ${code} ${file ?? ''}:${line ?? ''} ${message}`);
}
console.log(`web-ext lint: ${all.length - unknown.length} known warnings, ${unknown.length} others`);
process.exit(unknown.length ? 1 : 0);
