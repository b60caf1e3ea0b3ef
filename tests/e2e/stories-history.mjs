// The past of prices: bars that go on live, studies that are kept, files, rolls: `node stories-history.mjs STORY BASE_URL BROWSER FACTS`.
import { base, keptOnServer, textOf, walk } from './walk.mjs';

const bar = (page) => page.getByTestId('bar');
const rowsOf = (table) => table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.replaceAll('\u202f', ' ').trim())));

async function tableOf(page, label) {
  await page.locator('details', { has: page.getByRole('region', { name: label, includeHidden: true }) }).locator('summary').click();
  return page.getByRole('table', { name: label });
}

async function fileOf(page, name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const file = await coming;
  const [head, ...lines] = (await textOf(file)).trim().split('\n').map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  return { name: file.suggestedFilename(), rows: lines.map((line) => Object.fromEntries(line.map((cell, at) => [head[at], cell]))) };
}

const STORIES = {
  /** A bar of a second every second or so, told and not asked for. */
  async secondsMove(page) {
    await page.goto(`${base}/futures?root=CL&tab=candles&interval=1s`);
    await bar(page).getByText('Live').waitFor();
    const asked = [];
    page.on('request', (request) => request.url().includes('/bars?') && asked.push(Date.now()));
    const begun = Date.now();
    const seen = [await bar(page).locator('span').first().innerText()];
    for (let moves = 0; moves < 5; moves += 1) {
      await page.waitForFunction((was) => document.querySelector('[data-testid=bar] span')?.innerText !== was, seen.at(-1));
      seen.push(await bar(page).locator('span').first().innerText());
    }
    return { seen, asked: asked.length, halfMinutes: 1 + Math.ceil((Date.now() - begun) / 30_000) };
  },

  /** What is switched on is there again after the page is loaded anew. */
  async studiesKept(page) {
    await page.goto(`${base}/futures?root=ES&tab=candles&interval=1d`);
    await bar(page).waitFor();
    const before = await bar(page).innerText();
    await page.getByRole('button', { name: 'Studies' }).click();
    await page.getByRole('button', { name: 'Add an average' }).click();
    await page.getByLabel('Bars of average 1').fill('7');
    await page.keyboard.press('Enter');
    await bar(page).getByText('SMA 7').waitFor();
    await keptOnServer(page, '"length":7');
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await bar(page).getByText('SMA 7').waitFor();
    return { before, after: await bar(page).innerText() };
  },

  /** A moment of the past: the file holds what the table shows. */
  async barsExported(page) {
    const noon = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000).toISOString().replace('.000Z', 'Z');
    await page.goto(`${base}/futures?root=ES&tab=candles&interval=1d&as_of=${noon}`);
    await bar(page).waitFor();
    const live = await bar(page).getByText('Live').count();
    const file = await fileOf(page, 'Bars as CSV');
    const shown = await rowsOf(await tableOf(page, 'Candles as a table'));
    return { live, name: file.name, file: file.rows.reverse().slice(0, shown.length), shown };
  },

  /** The switch of the adjustment asks for another series, and the page shows its prices. */
  async adjusted(page) {
    const seen = {};
    for (const [adjust, name] of [['none', 'As traded'], ['difference', 'Difference'], ['ratio', 'Ratio']]) {
      if (adjust === 'none') await page.goto(`${base}/futures?root=CL&tab=continuous`);
      else await page.getByRole('radio', { name }).click();
      await page.getByTestId('series').getByText(adjust === 'none' ? 'as traded' : `adjusted by ${adjust}`).waitFor();
      const { rows } = await fileOf(page, 'Series as CSV');
      seen[adjust] = { words: await page.getByTestId('series').innerText(), file: rows };
    }
    seen.rolls = (await fileOf(page, 'Rolls as CSV')).rows;
    seen.table = await rowsOf(page.getByRole('table', { name: 'Rolls, the latest first' }));
    return seen;
  },
};

await walk(STORIES);
