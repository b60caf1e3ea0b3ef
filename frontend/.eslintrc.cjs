// Folder rules of the frontend: which room may import which (ARCHITECTURE.md), and no circles.
module.exports = {
  root: true,
  extends: ['next/core-web-vitals', 'plugin:@typescript-eslint/recommended', 'plugin:jsx-a11y/recommended'],
  parser: '@typescript-eslint/parser',
  parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
  plugins: ['boundaries', 'import'],
  ignorePatterns: ['node_modules', '.next', 'out', 'src/api/generated', 'next-env.d.ts'],
  settings: {
    'import/resolver': { typescript: {} },
    // Without this line import/no-cycle finds nothing in TypeScript files.
    'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    'boundaries/include': ['src/**/*'],
    'boundaries/elements': [
      { type: 'app', pattern: 'src/app' },
      { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
      { type: 'stream', pattern: 'src/stream' },
      { type: 'api', pattern: 'src/api' },
      { type: 'charts', pattern: 'src/charts' },
      { type: 'ui', pattern: 'src/ui' },
      { type: 'config', pattern: 'src/config' },
      { type: 'lib', pattern: 'src/lib' },
      { type: 'testing', pattern: 'src/testing' },
    ],
  },
  rules: {
    'import/no-cycle': 'error',
    'boundaries/no-unknown-files': 'error',
    'boundaries/element-types': [
      'error',
      {
        default: 'disallow',
        rules: [
          { from: 'app', allow: ['app', 'feature', 'stream', 'api', 'charts', 'ui', 'config', 'lib'] },
          { from: 'feature', allow: [['feature', { name: '${from.name}' }], 'stream', 'api', 'charts', 'ui', 'config', 'lib'] },
          { from: 'charts', allow: ['charts', 'ui', 'lib'] },
          { from: 'ui', allow: ['ui', 'lib'] },
          { from: 'stream', allow: ['stream', 'config', 'lib'] },
          { from: 'api', allow: ['api', 'config', 'lib'] },
          { from: 'config', allow: ['config', 'lib'] },
          { from: 'lib', allow: ['lib'] },
          { from: 'testing', allow: ['*'] },
        ],
      },
    ],
    'no-console': 'error',
  },
  overrides: [
    { files: ['**/*.test.ts', '**/*.test.tsx'], rules: { 'boundaries/element-types': 'off' } },
    { files: ['scripts/**', '*.cjs', '*.mjs'], env: { node: true }, rules: { 'no-console': 'off' } },
  ],
};
