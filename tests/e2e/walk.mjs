// Walks one story of a file in a real browser and prints what it saw as JSON: node FILE STORY BASE_URL BROWSER [FACTS].
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { browserAt } from './browser.mjs';

const PATIENCE = 60_000; // A busy machine takes a while to write a market.

const [story, address, place, givenFacts = '{}'] = process.argv.slice(2);

/** Where the program is served. */
export const base = address;
/** What the test knows and the story needs: addresses, passwords. */
export const facts = JSON.parse(givenFacts);

const PICTURES = process.env.PICTURES;

/** Keeps a picture of the page where pictures are asked for: `make stories`. */
export async function picture(page, name) {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name.replaceAll(/\W+/g, '-')}.png` });
}

/** The text of a file that the page handed over. */
export async function textOf(download) {
  const parts = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** How a story ended, as it looks on a desk, in the dark and on a phone. */
async function pictures(page) {
  if (!PICTURES || page.isClosed()) return;
  const looks = { wide: [1440, 900, 'light'], dark: [1440, 900, 'dark'], phone: [390, 844, 'dark'] };
  for (const [how, [width, height, colorScheme]] of Object.entries(looks)) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(400);
    await picture(page, `${story}-${how}`);
  }
}

/** What a person would have had before them when a story broke off. */
async function whatStood(page, complaints) {
  const words = await page.locator('body').innerText({ timeout: 2_000 }).catch(String);
  return `It stood at ${page.url()}:\n${words.slice(0, 1_500)}\nComplaints: ${complaints.join('\n').slice(0, 800)}`;
}

const PREFERENCES = '/api/v1/users/me/preferences';

/**
 * Waits until the server keeps what this person chose, told by the words of it: a choice is written a moment after
 * the hand that made it, and several may go in one letter or in two.
 */
export async function keptOnServer(page, ...words) {
  const until = Date.now() + PATIENCE;
  for (let kept = ''; !words.every((word) => kept.includes(word)); ) {
    if (Date.now() > until) throw new Error(`The server does not keep ${words.join(', ')}: ${kept}`);
    await page.waitForTimeout(200);
    kept = await page.evaluate(async (path) => JSON.stringify((await (await fetch(path)).json()).document), PREFERENCES);
  }
}

export async function walk(stories) {
  const lines = createInterface({ input: process.stdin });
  const told = () => new Promise((resolve) => lines.once('line', resolve));
  const browser = await browserAt(place);
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    if (facts.cookies) await context.addCookies(facts.cookies);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const seen = await stories[story](page, told).catch(async (failure) => {
      throw new Error(`${failure.stack}\n${await whatStood(page, complaints)}`);
    });
    await pictures(page);
    process.stdout.write(`${JSON.stringify({ ...seen, complaints })}\n`);
  } finally {
    await browser.close();
    lines.close();
  }
}
