import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['dist/', 'target/', 'out/', 'packages/', 'node_modules/', 'fuzz/', 'tests/portal/', 'tests/platforms/', 'tests/charters/'] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Text from a site only ever becomes text.
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'write', 'writeln'].map((property) => ({ property, message: 'Use dom.js: text must never be parsed as markup.' })),
      ],
      'no-restricted-globals': [
        'error',
        ...['browser', 'chrome'].map((name) => ({ name, message: 'Only extension/api.js names the browser: import { api } from it.' })),
      ],
    },
  },
  { files: ['extension/**/*.js'], languageOptions: { globals: { ...globals.browser, ...globals.serviceworker } } },
  // The page as it stands is read as text here, never written.
  { files: ['extension/charter.js'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['**/*.mjs', 'eslint.config.js', 'tests/shell/**'], languageOptions: { globals: globals.node } },
];
