import js from '@eslint/js';
import globals from 'globals';

const MARKUP = 'Use dom.js: text must never be parsed as markup.';

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
        ...['insertAdjacentHTML', 'setHTMLUnsafe', 'write', 'writeln'].map((property) => ({ property, message: MARKUP })),
      ],
      'no-restricted-syntax': ['error', { selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]', message: MARKUP }],
      'no-restricted-globals': [
        'error',
        ...['browser', 'chrome'].map((name) => ({ name, message: 'Only extension/api.js names the browser: import { api } from it.' })),
      ],
    },
  },
  { files: ['extension/**/*.js'], languageOptions: { globals: { ...globals.browser, ...globals.serviceworker } } },
  { files: ['**/*.mjs', 'eslint.config.js', 'tests/shell/**'], languageOptions: { globals: globals.node } },
];
