// What a person does with volatility: `node stories-vol.mjs STORY BASE_URL BROWSER FACTS`.
import { base, walk } from './walk.mjs';

/** A moment of the past: what is shown of it stays as it is. */
const past = () => new Date(Date.now() - 120_000).toISOString().replace(/\.\d+Z/, 'Z');
const at = (path, moment) => `${base}${path}${path.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(moment)}`;
const asked = (page, path) => page.evaluate(async (address) => (await fetch(address)).json(), path);

/** Asks again until something holds, and says after a minute what does not. */
async function until(page, holds, complaint) {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(complaint);
    await page.waitForTimeout(250);
  }
}

const STORIES = {
  async heatmapToChain(page) {
    await page.goto(`${base}/options?underlying=ES&view=heatmap`);
    const cell = (row, column) => page.locator(`[data-row="${row}"][data-column="${column}"]`);
    await cell(2, 1).waitFor();
    await cell(2, 1).focus();
    await page.keyboard.press('ArrowDown');
    const words = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: /^Option chain/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'rowheader');
    const focused = await page.evaluate(() => ({ strike: document.activeElement?.textContent, marked: document.activeElement?.closest('[role=row]')?.getAttribute('aria-selected') }));
    return { words, focused, address: page.url() };
  },

  async condorFromTheChain(page) {
    const moment = past();
    await page.goto(`${base}/options`);
    const options = await asked(page, `/api/v1/options?as_of=${encodeURIComponent(moment)}`);
    const expiry = options.items.find((each) => each.underlying === 'ES').expiries.at(-1).expiry;
    await page.goto(at(`/options?underlying=ES&expiry=${expiry}&strikes=atm:20`, moment));
    await page.getByTestId('at-the-money').waitFor();
    await page.getByRole('button', { name: 'Gather legs' }).click();
    const money = Number(await page.getByTestId('at-the-money').getAttribute('data-row'));
    const names = await page.getByRole('columnheader').evaluateAll((each) => each.map((one) => one.getAttribute('aria-label') ?? 'Strike'));
    const press = async (row, column, legs) => {
      await page.locator(`[data-row="${money + row}"][data-column="${names.indexOf(column)}"]`).click();
      await page.getByTestId('leg-tray').getByText(legs === 1 ? '1 leg' : `${legs} legs`).waitFor();
    };
    await press(-5, 'Put Ask', 1);
    await press(-3, 'Put Bid', 2);
    await press(3, 'Call Bid', 3);
    await press(5, 'Call Ask', 4);
    const evaluated = page.waitForResponse((answer) => answer.url().includes('/strategies/evaluate') && answer.ok());
    await page.getByRole('link', { name: 'Build strategy' }).click();
    const told = await (await evaluated).json();
    const shown = page.locator('[data-figure=break-evens]').first();
    await shown.waitFor();
    return { told: told.break_evens, shown: await shown.textContent(), address: page.url() };
  },

  async analyticsAreTheAnswer(page) {
    const moment = past();
    await page.goto(at('/options?underlying=ES&view=analytics', moment));
    const table = page.getByRole('table', { name: 'Analytics by expiry' });
    await table.waitFor();
    const rows = await table.locator('tbody tr').evaluateAll((each) => each.map((row) => [...row.children].map((cell) => cell.textContent)));
    const answer = await asked(page, `/api/v1/options/ES/analytics?iv_days=0&as_of=${encodeURIComponent(moment)}`);
    return { rows, expiries: answer.expiries.map(({ dte, atm_iv, max_pain, put_call_oi, risk_reversal_25d }) => ({ dte, atm_iv, max_pain, put_call_oi, risk_reversal_25d })) };
  },

  async fittedSurface(page) {
    const moment = past();
    await page.goto(at('/options?underlying=ES&view=surface&surface=flat&fit=svi', moment));
    const table = page.getByRole('grid', { name: /^Implied volatility by expiry/ });
    await table.waitFor();
    await page.getByText('fitted to the quotes (SVI)').waitFor();
    const money = await table.locator('tbody tr').evaluateAll((each) => each.map((row) => row.children[1 + Math.floor((row.children.length - 1) / 2)].textContent));
    const answer = await asked(page, `/api/v1/options/ES/surface?model=svi&as_of=${encodeURIComponent(moment)}`);
    const middle = Math.floor(answer.log_moneyness.length / 2);
    return { money, told: answer.iv.map((row) => row[middle]), statuses: answer.expiries.map((each) => each.fit_status) };
  },

  async smileOfAnotherDay(page) {
    const moment = past();
    const day = new Date(Date.parse(moment) - 86_400_000).toISOString().slice(0, 10);
    await page.goto(`${base}/options`);
    const options = await asked(page, `/api/v1/options?as_of=${encodeURIComponent(moment)}`);
    const expiry = options.items.find((each) => each.underlying === 'ES').expiries.at(-1).expiry;
    const question = `/api/v1/options/ES/smile?expiry=${expiry}&compare=${day}&fit=svi&as_of=${encodeURIComponent(moment)}`;
    // A market just set up writes its past while it is looked at.
    await until(page, async () => (await asked(page, question)).smiles?.length === 2, 'that day is not stored');
    await page.goto(at(`/options?underlying=ES&view=smile&expiry=${expiry}&smile=table`, moment));
    const table = page.getByRole('table', { name: 'Implied volatility by strike' });
    await table.waitFor();
    await page.getByLabel('Another date').fill(day);
    await page.getByRole('button', { name: 'Add this date' }).click();
    await table.getByRole('columnheader', { name: 'Since then' }).waitFor();
    const rows = await table.locator('tbody tr').evaluateAll((each) => each.map((row) => [...row.children].map((cell) => cell.textContent)));
    await page.getByRole('radio', { name: 'Chart' }).click();
    await page.getByRole('radio', { name: 'SVI' }).click();
    const fits = page.getByTestId('smile-fit').filter({ hasText: 'SVI' });
    await fits.nth(1).waitFor();
    const { smiles } = await asked(page, question);
    const told = smiles.map(({ points, fit_rmse, butterfly_arbitrage }) => ({ ivs: points.map(({ strike, iv }) => [strike, iv]), fit_rmse, butterfly_arbitrage }));
    return { rows, told, fits: await fits.allTextContents(), address: page.url(), day };
  },
};

await walk(STORIES);
