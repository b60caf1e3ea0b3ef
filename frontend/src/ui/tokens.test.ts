import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The style sheet up to its first media query: on paper the tokens are others. */
const sheet = readFileSync(path.resolve(__dirname, '../app/globals.css'), 'utf8').split('@media')[0] ?? '';

type Rgb = readonly number[];

/** The tokens of every block whose selector is exactly this. */
function tokens(selector: string): Record<string, Rgb> {
  const found: Record<string, Rgb> = {};
  for (const [, name, body] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (name?.split(/;|\*\//).pop()?.trim() !== selector) continue;
    for (const [, token, value] of (body ?? '').matchAll(/--([\w-]+):\s*(\d+ \d+ \d+);/g)) found[token ?? ''] = (value ?? '').split(' ').map(Number);
  }
  return found;
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const THEMES = { light: { ...tokens(':root') }, dark: { ...tokens(':root'), ...tokens('.dark') } };
const COLOURS = ['classic', 'red-up', 'blind'] as const;
const GROUNDS = ['background', 'surface', 'raised'] as const;
const INKS = ['text', 'muted', 'accent', 'warn', 'up', 'down', 'series-3', 'series-4', 'series-5'] as const;

describe.each(Object.keys(THEMES) as Array<keyof typeof THEMES>)('the colours of the %s theme', (theme) => {
  describe.each(COLOURS)('with %s for up and down', (colours) => {
    const shown = { ...THEMES[theme], ...(colours === 'classic' ? {} : tokens(`${theme === 'dark' ? '.dark' : ':root'}[data-colours='${colours}']`)) };

    it.each(INKS)('%s can be read on every ground', (ink) => {
      for (const ground of GROUNDS) expect(contrast(shown[ink] ?? [], shown[ground] ?? []), ground).toBeGreaterThanOrEqual(4.5);
    });

    it('up and down are two colours', () => {
      expect(shown.up).not.toEqual(shown.down);
    });
  });

  it('the bar of the past can be read', () => {
    expect(contrast(THEMES[theme].background ?? [], THEMES[theme].warn ?? [])).toBeGreaterThanOrEqual(4.5);
  });

  it('red for up is green for down, turned round', () => {
    const turned = tokens(`${theme === 'dark' ? '.dark' : ':root'}[data-colours='red-up']`);
    expect([turned.up, turned.down]).toEqual([THEMES[theme].down, THEMES[theme].up]);
  });
});
