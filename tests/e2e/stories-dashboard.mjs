// The first page after signing in: what is watched, how its tiles stand, on another device too: `node stories-dashboard.mjs STORY BASE_URL BROWSER FACTS`.
import { base, keptOnServer, walk } from './walk.mjs';

const PREFERENCES = '/api/v1/users/me/preferences';
const saved = (page, method = 'PATCH') => page.waitForResponse((answer) => answer.request().method() === method && answer.url().includes('/api/v1/watchlists') && answer.ok());

const tile = (page, name) => page.getByRole('region', { name, exact: true });
const table = (page) => page.locator('[data-tile=watch]').getByRole('table');
const watched = (page) => table(page).getByRole('rowheader').allInnerTexts();
const tiles = (page) => page.locator('[data-tile]').evaluateAll((all) => all.map((each) => each.dataset.tile));

async function open(page, path = '/dashboard') {
  await page.goto(base + path);
  await tile(page, 'Prices').waitFor();
}

/** The same person at another browser. */
async function elsewhere(page) {
  const context = await page.context().browser().newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(await page.context().cookies());
  return context.newPage();
}

/** Adds the first contract found for these letters, by keys alone; tells its symbol. */
async function watch(page, letters, method) {
  const told = saved(page, method);
  const field = page.getByRole('combobox', { name: 'Add a contract' });
  await field.focus();
  await page.keyboard.type(letters);
  const first = page.getByRole('option', { name: new RegExp(`^${letters}`) }).first();
  await first.waitFor();
  const symbol = (await first.innerText()).split('\n')[0];
  await page.keyboard.press('Enter');
  await told;
  await table(page).getByRole('rowheader', { name: symbol }).waitFor();
  return symbol;
}

/** Waits until a watched contract has another price than now. */
async function move(page, symbol) {
  const price = () => table(page).getByRole('row', { name: new RegExp(`^${symbol}`) }).getByRole('cell').first();
  await price().filter({ hasText: /\d/ }).waitFor();
  const before = await price().innerText();
  await page.waitForFunction(([name, was]) => [...document.querySelectorAll('[data-tile=watch] tbody tr')].find((row) => row.innerText.startsWith(name))?.querySelector('td')?.innerText !== was, [symbol, before]);
  return [before, await price().innerText()];
}

const STORIES = {
  /** What is typed is watched, moves, can be put in another order by keys, and is there again everywhere. */
  async watching(page) {
    await open(page, '/');
    const added = [await watch(page, 'CL-', 'POST'), await watch(page, 'ES-')];
    const prices = await move(page, added[0]);
    await page.getByRole('button', { name: 'Edit' }).click();
    const ordered = saved(page);
    await page.getByRole('button', { name: `${added[1]} up` }).focus();
    await page.keyboard.press('Enter');
    await ordered;
    const here = await watched(page);
    await page.reload();
    await table(page).waitFor();
    const again = await watched(page);
    const other = await elsewhere(page);
    await open(other);
    await table(other).waitFor();
    const there = await watched(other);
    await other.getByRole('button', { name: 'Edit' }).click();
    const removed = saved(other);
    await other.getByRole('button', { name: `Watch ${added[1]} no longer` }).click();
    await removed;
    return { added, prices, here, again, there, left: await watched(other) };
  },

  /** Symbols pasted into a list, a second list with the same, and the price cards of what is watched. */
  async lists(page) {
    await open(page);
    const pasted = await page.evaluate(async () => (await (await fetch('/api/v1/futures')).json()).items.flatMap(({ front }) => front?.symbol ?? []).slice(0, 3));
    const menu = page.getByRole('button', { name: 'Watch lists' });
    await menu.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Watch lists' });
    const several = panel.getByRole('textbox', { name: /Several contracts/ });
    await several.fill(`${pasted[0].toLowerCase()}\n<b>`);
    const refused = await panel.getByRole('status').innerText();
    const isShut = await panel.getByRole('button', { name: 'Add to this list' }).isDisabled();
    await several.fill(pasted.join('\n'));
    const made = saved(page, 'POST');
    await panel.getByRole('button', { name: 'Add to this list' }).click();
    await made;
    await table(page).getByRole('rowheader', { name: pasted[2] }).waitFor();
    await menu.click();
    const copied = saved(page, 'POST');
    await panel.getByRole('button', { name: 'Duplicate list' }).click();
    await copied;
    const choice = tile(page, 'Watch list').getByRole('combobox', { name: 'Watch list' });
    await choice.waitFor();
    await page.waitForFunction(() => document.querySelector('[data-tile=watch] select')?.selectedOptions[0]?.text === 'Watch list copy');
    const lists = await choice.getByRole('option').allInnerTexts();
    await page.getByRole('button', { name: 'Which prices' }).click();
    await page.getByRole('radio', { name: 'My watch list' }).click();
    await keptOnServer(page, '"cardsOf":"watched"');
    await page.keyboard.press('Escape');
    await page.reload();
    const cards = tile(page, 'Prices').getByRole('listitem');
    await cards.filter({ hasText: pasted[2] }).getByRole('img').waitFor();
    return { pasted, refused, isShut, lists, copy: await watched(page), cards: await cards.getByRole('link').allInnerTexts() };
  },

  /** A change upon a list that another device has changed is refused: that is said, and the list shown as it is. */
  async outdated(page) {
    await open(page);
    const added = [await watch(page, 'CL-', 'POST'), await watch(page, 'ES-')];
    await page.route('**/api/v1/watchlists/*', (route) => route.fulfill({ status: 412, contentType: 'application/problem+json', body: JSON.stringify({ code: 'outdated', title: 'Changed meanwhile', status: 412 }) }));
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: `${added[1]} up` }).click();
    const words = await page.getByText('changed elsewhere').innerText();
    await page.waitForFunction((first) => document.querySelector('[data-tile=watch] tbody th')?.innerText === first, added[0]);
    return { added, words, left: await watched(page) };
  },

  /** Tiles are moved and hidden by keys, stay so in another browser, and go back to how they stood. */
  async arranging(page) {
    await open(page);
    const before = await tiles(page);
    await page.getByRole('button', { name: 'Arrange' }).focus();
    await page.keyboard.press('Enter');
    const earlier = page.getByRole('button', { name: 'Movers: earlier' });
    await earlier.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('[data-tile]')[1]?.dataset.tile === 'movers');
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-tile]')?.dataset.tile === 'movers');
    await page.getByRole('button', { name: 'Hide Expiries ahead' }).focus();
    await page.keyboard.press('Enter');
    await keptOnServer(page, '"hidden":["expiries"]');
    const other = await elsewhere(page);
    const told = other.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().endsWith(PREFERENCES) && answer.ok());
    await other.goto(`${base}/dashboard`);
    await told;
    await other.waitForFunction(() => document.querySelector('[data-tile]')?.dataset.tile === 'movers');
    const there = await tiles(other);
    await other.getByRole('button', { name: 'Arrange' }).click();
    await other.getByRole('button', { name: 'Standard arrangement' }).click();
    await tile(other, 'Expiries ahead').waitFor();
    return { before, focused, there, after: await tiles(other) };
  },

  /** On a phone one column; in the past the same tiles; each tile leads to its page. */
  async everywhere(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    await page.getByRole('application', { name: /Term structure/ }).waitFor();
    const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
    const lefts = await page.locator('[data-tile]').evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().left)));
    await page.setViewportSize({ width: 1440, height: 900 });
    const moment = new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
    await open(page, `/dashboard?as_of=${moment}`);
    await page.getByText('You look at').waitFor();
    await tile(page, 'Term structure').getByRole('link', { name: /as a page/ }).click();
    await page.waitForURL(/\/futures/);
    const address = Object.fromEntries(new URL(page.url()).searchParams);
    await page.keyboard.press('o');
    await page.keyboard.press('d');
    await page.waitForURL(/\/dashboard/);
    return { width, lefts, moment, address, back: new URL(page.url()).searchParams.get('as_of') };
  },
};

await walk(STORIES);
