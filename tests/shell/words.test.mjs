// The words: same keys and placeholders in every language, every key in use exists, plurals and values land where they should.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { LANGUAGES, Words, choose } from '../../extension/words.js';

const ROOT = new URL('../../extension/', import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
const languages = readdirSync(new URL('_locales/', ROOT));
const messages = Object.fromEntries(languages.map((tag) => [tag, JSON.parse(read(`_locales/${tag}/messages.json`))]));
const words = (tag) => new Words(tag, Object.fromEntries(Object.entries(messages[tag]).map(([key, { message }]) => [key, message])));
const placeholders = (message) => [...message.matchAll(/\{([a-z0-9_]+)\}/g)].map(([, name]) => name).sort();
/** A plural form counts under its bare key: languages differ in how many forms they have. */
const bare = (key) => (`${key.replace(/_[a-z]+$/, '')}_one` in messages.en ? key.replace(/_(zero|one|two|few|many|other)$/, '_#') : key);
const shapes = (tag) => {
  const found = {};
  for (const [key, { message }] of Object.entries(messages[tag])) {
    (found[bare(key)] ??= new Set()).add(placeholders(message).filter((name) => name !== 'n' || !bare(key).endsWith('#')).join(' '));
  }
  return Object.fromEntries(Object.entries(found).map(([key, all]) => [key, [...all].sort()]));
};

test('every words file is offered as a language, and every language has one', () => {
  assert.deepEqual(Object.keys(LANGUAGES).sort(), [...languages].sort());
});

test('every language has the same keys with the same placeholders', () => {
  for (const tag of languages) assert.deepEqual(shapes(tag), shapes('en'), `extension/_locales/${tag}/messages.json`);
});

test('every language has every plural form that its own rules use', () => {
  for (const tag of languages) {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const plurals = Object.keys(messages[tag]).filter((key) => key.endsWith('_one')).map((key) => key.slice(0, -'_one'.length));
    assert.ok(plurals.length > 10);
    for (const key of plurals) {
      // French and Spanish have a form for millions, which reads like "other".
      for (const form of forms.filter((form) => form !== 'many' || !['fr', 'es', 'it', 'pt'].includes(tag))) {
        assert.ok(messages[tag][`${key}_${form}`], `${tag}: ${key}_${form}`);
      }
    }
  }
});

test('no message holds a sign that browsers read as their own placeholder, or markup', () => {
  for (const tag of languages) for (const [key, { message }] of Object.entries(messages[tag])) assert.doesNotMatch(message, /[$<>]/, `${tag}: ${key}`);
});

test('every key named in the shell exists', () => {
  const files = readdirSync(ROOT).filter((name) => /\.(js|html)$/.test(name));
  const missing = [];
  for (const file of files) {
    const text = read(file);
    for (const [, key] of text.matchAll(/['"`]((?:ui|ext)_[a-z0-9_]+)['"`]/g)) {
      if (!(key in messages.en) && !(`${key}_other` in messages.en)) missing.push(`${file}: ${key}`);
    }
    // Keys made of a fixed beginning and an identifier: at least one message must begin so.
    for (const [, start] of text.matchAll(/`((?:ui|ext|verdict)_[a-z0-9_]*)\$\{/g)) {
      if (!Object.keys(messages.en).some((key) => key.startsWith(start))) missing.push(`${file}: ${start}…`);
    }
  }
  assert.deepEqual(missing, []);
});

test('every message of the interface is used', () => {
  const shell = readdirSync(ROOT).filter((name) => /\.(js|html)$/.test(name)).map(read).join('\n') + readFileSync(new URL('../manifest.json', ROOT), 'utf8');
  const starts = [...shell.matchAll(/`(ui_[a-z0-9_]*)\$\{/g)].map(([, start]) => start);
  const unused = Object.keys(messages.en)
    .filter((key) => /^(ui|ext)_/.test(key))
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !new RegExp(`['"\`_]${key}(['"\`_]|$)`, 'm').test(shell) && !starts.some((start) => key.startsWith(start)));
  assert.deepEqual([...new Set(unused)], []);
});

test('plurals follow the language', () => {
  assert.equal(words('en').plural('ui_stored_count', 0), '0 cookies stored');
  assert.equal(words('fr').plural('ui_stored_count', 0), '0 cookie stocké');
  assert.equal(words('fr').plural('ui_stored_count', 2), '2 cookies stockés');
  assert.equal(words('en').plural('ui_stored_count', 1234), '1,234 cookies stored');
});

test('a value may be an element; an unknown placeholder and a missing key stay visible', () => {
  const element = { an: 'element' };
  const some = new Words('en', { a: 'See {what}, {other}.' });
  assert.deepEqual(some.parts('a', { what: element }).filter((part) => part !== ''), ['See ', element, ', ', '{other}', '.']);
  assert.equal(some.t('no_such_key'), 'no_such_key');
});

test('a value that looks like a placeholder is not filled again', () => {
  assert.equal(new Words('en', { a: '{x} {y}' }).t('a', { x: '{y}', y: 'Z' }), '{y} Z');
});

test('spans keep days as days', () => {
  assert.equal(words('fr').span(393 * 86_400), '393\u00a0jours');
  assert.equal(words('en').span(30 * 60), '30 minutes');
  assert.equal(words('en').span(86_400), '1 day');
  assert.equal(words('en').span(90_000), '25 hours');
  assert.equal(words('en').span(-5), '0 seconds');
});

test('regional variants count as their language, an unknown one as English', () => {
  assert.equal(choose(['fr-CA', 'en']), 'fr');
  assert.equal(choose(['xx', 'fr']), 'fr');
  assert.equal(choose(['xx']), 'en');
});
