// What a person does with an option chain: `node stories-chain.mjs STORY BASE_URL BROWSER FACTS`.
import { base, keptOnServer, walk } from './walk.mjs';

const atTheMoney = (page) => page.getByTestId('at-the-money');
const headers = (page) => page.getByRole('grid').getByRole('columnheader').evaluateAll((each) => each.map((one) => one.getAttribute('aria-label') ?? 'Strike'));
const until = (page, name) => page.getByRole('columnheader', { name, exact: true }).waitFor();

/** Until the server has what was chosen. */
const keeping = (page) => page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().endsWith('/users/me/preferences') && answer.ok());

/** The cell under the focus, with the name of its column and what its row says. */
const focused = (page) =>
  page.evaluate(() => {
    const cell = document.activeElement;
    const row = cell?.closest('[role=row]');
    const names = [...document.querySelectorAll('[role=columnheader]')].map((each) => each.getAttribute('aria-label') ?? 'Strike');
    const cells = row ? [...row.children] : [];
    return { column: names[cells.indexOf(cell)], text: cell?.textContent, strike: row?.querySelector('[role=rowheader]')?.textContent };
  });

const STORIES = {
  async deltaByKeyboard(page) {
    await page.goto(`${base}/options?underlying=ES`);
    await atTheMoney(page).waitFor();
    await page.keyboard.press('g');
    await until(page, 'Call Delta');
    const stands = (column) =>
      page.waitForFunction((name) => {
        const cell = document.activeElement;
        const names = [...document.querySelectorAll('[role=columnheader]')].map((each) => each.getAttribute('aria-label'));
        const at = cell?.getAttribute('role') === 'gridcell' ? [...cell.parentElement.children].indexOf(cell) : -1;
        return at >= 0 && names[at] === name;
      }, column);
    await page.keyboard.press('d');
    await stands('Call Delta');
    const call = await focused(page);
    await page.keyboard.press('d');
    await stands('Put Delta');
    const put = await focused(page);
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((was) => document.activeElement?.closest('[role=row]')?.querySelector('[role=rowheader]')?.textContent !== was, put.strike);
    const below = await focused(page);
    await page.keyboard.press('s');
    await page.waitForURL(/\/strategies\?/);
    return { call, put, below, address: page.url() };
  },

  async ownColumns(page) {
    await page.goto(`${base}/options?underlying=ES`);
    await atTheMoney(page).waitFor();
    await page.keyboard.press('g');
    await until(page, 'Call Delta');
    const before = await headers(page);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Rho' }).uncheck();
    await page.getByRole('checkbox', { name: 'Bid', exact: true }).check();
    await page.getByRole('button', { name: 'Delta nearer to the strike' }).click();
    await page.getByRole('button', { name: 'Gamma nearer to the strike' }).click();
    await keptOnServer(page, '"greeks":["delta","gamma","mark"');
    await page.keyboard.press('Escape');
    await until(page, 'Put Bid');
    const changed = await headers(page);
    // Another device: nothing is left in this browser but the session.
    await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('tradesense.preferences')).forEach((name) => localStorage.removeItem(name)));
    await page.reload();
    await until(page, 'Put Bid');
    const kept = await headers(page);
    await page.getByRole('button', { name: 'Columns' }).click();
    const given = keeping(page);
    await page.getByRole('button', { name: 'Standard columns' }).click();
    await until(page, 'Put Rho');
    await given;
    return { before, changed, kept, standard: await headers(page), address: page.url() };
  },

  async onePhoneSide(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${base}/options?underlying=ES`);
    await atTheMoney(page).waitFor();
    const both = await headers(page);
    await page.getByRole('radio', { name: 'Puts' }).click();
    await until(page, 'Put Volume');
    const puts = await headers(page);
    return { both, puts, width: await page.evaluate(() => document.scrollingElement.scrollWidth) };
  },
};

await walk(STORIES);
