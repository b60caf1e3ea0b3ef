// Walks one story of a file in a real browser and prints what it saw as JSON: node FILE STORY BASE_URL BROWSER [FACTS].
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { chromium } = createRequire(new URL('../../frontend/package.json', import.meta.url))('playwright-core');
const FLAGS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE = 60_000; // A busy machine takes a while to write a market.

const [story, address, executablePath, givenFacts = '{}'] = process.argv.slice(2);

/** Where the program is served. */
export const base = address;
/** What the test knows and the story needs: addresses, passwords. */
export const facts = JSON.parse(givenFacts);

export async function walk(stories) {
  const lines = createInterface({ input: process.stdin });
  const told = () => new Promise((resolve) => lines.once('line', resolve));
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    if (facts.cookies) await context.addCookies(facts.cookies);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const seen = await stories[story](page, told);
    process.stdout.write(`${JSON.stringify({ ...seen, complaints })}\n`);
  } finally {
    await browser.close();
    lines.close();
  }
}
