import type { Config } from 'tailwindcss';

const token = (name: string) => `rgb(var(--${name}) / <alpha-value>)`;

const config: Config = {
  content: ['./src/**/*.{ts,tsx}'],
  darkMode: 'class',
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      background: token('background'),
      surface: token('surface'),
      raised: token('raised'),
      line: token('line'),
      text: token('text'),
      muted: token('muted'),
      accent: token('accent'),
      up: token('up'),
      down: token('down'),
      warn: token('warn'),
    },
    fontSize: {
      12: ['12px', '16px'],
      13: ['13px', '20px'],
      14: ['14px', '20px'],
      16: ['16px', '24px'],
      20: ['20px', '28px'],
      28: ['28px', '36px'],
    },
    fontWeight: { normal: '400', medium: '500', semibold: '600' },
    borderRadius: { none: '0', DEFAULT: '6px', full: '9999px' },
    boxShadow: { float: '0 8px 24px rgb(var(--shadow) / 0.28)', none: 'none' },
    fontFamily: { sans: ['var(--font-inter)', 'system-ui', 'sans-serif'] },
    extend: { maxWidth: { desk: '1760px' } },
  },
  plugins: [],
};

export default config;
