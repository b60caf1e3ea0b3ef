// How strategies are built, read, moved, kept and handed on: `node stories-strategy.mjs STORY BASE_URL BROWSER FACTS`.
import { base, walk } from './walk.mjs';

/** Legs and figures of one moment: the page renews them together. */
const read = (page) =>
  page.evaluate(() => {
    const figure = (name) => document.querySelector(`[data-figure=${name}]`)?.textContent ?? null;
    return {
      legs: [...document.querySelectorAll('[data-leg]')].map(({ dataset }) => ({
        symbol: dataset.leg,
        quantity: Number(dataset.quantity),
        entry: Number(dataset.entry),
        multiplier: Number(dataset.multiplier),
      })),
      marks: [...document.querySelectorAll('[data-break-even]')].map(({ dataset }) => Number(dataset.breakEven)),
      cost: figure('cost'),
      maxProfit: figure('max-profit'),
      maxLoss: figure('max-loss'),
      breakEvens: figure('break-evens'),
      chance: figure('chance'),
      profit: figure('profit'),
      looked: document.querySelector('[data-line=looked]')?.getAttribute('d') ?? null,
      horizon: document.querySelector('[data-line=horizon]')?.getAttribute('d') ?? null,
    };
  });

const isDrawn = (page, legs) =>
  page.waitForFunction((count) => document.querySelectorAll('[data-leg]').length === count && document.querySelector('[data-figure=break-evens]') !== null && document.querySelector('[data-line=horizon]') !== null, legs);

/** The figures once they stand still: they follow a hand on the sliders a moment later. */
async function settled(page) {
  for (let before = null; ; ) {
    const now = await read(page);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
    await page.waitForTimeout(700);
  }
}

async function condor(page) {
  await page.goto(`${base}/strategies?underlying=CL`);
  await page.getByRole('button', { name: /^Iron condor/ }).click();
  await isDrawn(page, 4);
  return read(page);
}

const STORIES = {
  async template(page) {
    const seen = await condor(page);
    await page.getByRole('region', { name: 'Profit by price and date' }).waitFor();
    const rows = await page.getByRole('region', { name: 'Profit by price and date' }).getByRole('row').count();
    return { ...seen, rows };
  },

  async links(page) {
    const answer = await page.request.get(`${base}/api/v1/options/CL/chain?strikes=atm:4`);
    const { rows } = await answer.json();
    const symbol = (at, side) => rows[at][side].symbol;
    const sold = [rows[2].put.bid, rows[6].call.bid];
    const legs = [`%2B1:${symbol(0, 'put')}`, `-1:${symbol(2, 'put')}@${sold[0]}`, `-1:${symbol(6, 'call')}@${sold[1]}`, `+1:${symbol(8, 'call')}`];
    await page.goto(`${base}/strategies?underlying=CL&legs=${legs.join(',')}`);
    await isDrawn(page, 4);
    const seen = await read(page);
    const refused = await page.context().newPage();
    await refused.goto(`${base}/strategies?underlying=CL&legs=1:CL-2026-04,zero:CL`);
    await refused.getByRole('alert').filter({ hasText: 'This address is no strategy' }).waitFor();
    return { ...seen, sold, refusal: await refused.getByRole('alert').filter({ hasText: 'no strategy' }).innerText() };
  },

  async sliders(page) {
    await condor(page);
    const before = await read(page);
    const press = async (name, key, times) => {
      await page.getByRole('slider', { name }).focus();
      for (let count = 0; count < times; count += 1) await page.keyboard.press(key);
    };
    const looksAtExpiry = (is) =>
      page.waitForFunction((wanted) => {
        const [looked, ends] = ['looked', 'horizon'].map((name) => document.querySelector(`[data-line=${name}]`)?.getAttribute('d') ?? name);
        return (looked === ends) === wanted;
      }, is);
    await press('Day', 'End', 1);
    await looksAtExpiry(true);
    await page.getByRole('button', { name: 'Back to the market as it is' }).click();
    await looksAtExpiry(false);
    const back = await settled(page);
    await press('Price', 'ArrowRight', 16);
    await press('Volatility', 'ArrowRight', 10);
    await page.waitForFunction((profit) => document.querySelector('[data-figure=profit]')?.textContent !== profit, back.profit);
    const after = await settled(page);
    const words = await page.getByRole('group', { name: 'What if' }).innerText();
    return { before, after, words };
  },

  async keepAndReopen(page) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(base).origin });
    const before = await condor(page);
    await page.getByRole('tab', { name: 'Saved' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Condor of the story');
    await page.getByRole('button', { name: 'Save strategy' }).click();
    await page.getByText('open now').waitFor();
    await page.getByRole('button', { name: 'Copy a link that rebuilds this strategy' }).click();
    await page.getByRole('status').filter({ hasText: 'Copied' }).first().waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('heading', { name: 'Put options together and see what they come to' }).waitFor();
    await page.getByRole('button', { name: /^Condor of the story/ }).first().click();
    await isDrawn(page, 4);
    const reopened = await read(page);
    const other = await page.context().browser().newContext({ viewport: { width: 390, height: 844 } });
    await other.addCookies(await page.context().cookies());
    const elsewhere = await other.newPage();
    await elsewhere.goto(link);
    await isDrawn(elsewhere, 4);
    const handed = await read(elsewhere);
    const widths = await elsewhere.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    await other.close();
    return { before, reopened, handed, link, widths };
  },
};

await walk(STORIES);
