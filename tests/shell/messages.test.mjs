// The guard at each door: whatever a page or another extension sends, only our own messages pass.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMessage } from '../../extension/messages.js';

test('our messages pass', () => {
  assert.ok(isMessage({ type: 'page_loaded' }));
  assert.ok(isMessage({ type: 'read', tab: 3, again: true }));
  assert.ok(isMessage({ type: 'export', report: {}, format: 'csv' }));
  assert.ok(isMessage({ type: 'failed', reason: 'x' }));
});

const foreign = [undefined, null, 3, 'read', [], {}, { type: 3 }, { type: 'toString' }, { type: '__proto__' }, { type: 'constructor' }, { type: 'read' }, { type: 'read', tab: '3' }, { type: 'export', report: null, format: 'csv' }, { type: 'snapshot' }];
for (const value of foreign) {
  test(`anything else does not: ${JSON.stringify(value)}`, () => assert.equal(isMessage(value), false));
}
