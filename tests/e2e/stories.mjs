// What a person does on the desk: `node stories.mjs STORY BASE_URL BROWSER`.
import { base, walk } from './walk.mjs';

const row = (page, root) => page.getByRole('row', { name: new RegExp(`^${root} `) });
const atTheMoney = (page) => page.getByTestId('at-the-money');

const STORIES = {
  async futuresToChain(page) {
    await page.goto(`${base}/futures`);
    await row(page, 'ES').waitFor();
    const status = await page.getByTestId('status').innerText();
    const price = () => row(page, 'ES').getByRole('cell').nth(2).innerText();
    const before = await price();
    await page.waitForFunction(
      ([text]) => [...document.querySelectorAll('tbody tr')].find((each) => each.innerText.startsWith('ES'))?.querySelectorAll('td')[2]?.innerText !== text,
      [before],
    );
    const after = await price();
    const tags = await row(page, 'ES').getByText('Simulated').count();
    await row(page, 'ES').getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /^ES/ }).waitFor();
    await page.getByRole('link', { name: 'Option chain' }).click();
    await atTheMoney(page).waitFor();
    const grid = await page.getByRole('grid').boundingBox();
    const money = await atTheMoney(page).boundingBox();
    const centre = (money.y + money.height / 2 - grid.y) / grid.height;
    await page.keyboard.press('g');
    await page.getByRole('columnheader', { name: 'Call Delta' }).waitFor();
    const delta = await page.getByRole('row').filter({ has: atTheMoney(page) }).getByRole('gridcell').allInnerTexts();
    await atTheMoney(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'rowheader' && document.activeElement.dataset.testid !== 'at-the-money');
    const expiryBefore = new URL(page.url()).searchParams.get('expiry');
    await page.keyboard.press(']');
    await page.waitForFunction((was) => new URL(location.href).searchParams.get('expiry') !== was, expiryBefore);
    return { status, before, after, tags, centre, moneyRow: delta, address: page.url() };
  },

  async themes(page) {
    await page.goto(`${base}/futures`);
    await row(page, 'CL').waitFor();
    const theme = () => page.evaluate(() => (document.documentElement.classList.contains('dark') ? 'dark' : 'light'));
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const seen = [[await theme(), await ground()]];
    await page.getByRole('button', { name: /Switch to/ }).click();
    seen.push([await theme(), await ground()]);
    await page.reload();
    await row(page, 'CL').waitFor();
    seen.push([await theme(), await ground()]);
    return { seen };
  },

  async phone(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${base}/futures`);
    await page.getByRole('list', { name: 'Futures' }).waitFor();
    const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
    const bar = await page.getByRole('navigation', { name: 'Pages' }).boundingBox();
    return { width, bar };
  },

  async board(page) {
    await page.goto(`${base}/futures`);
    await row(page, 'ES').waitFor();
    const roots = () => page.locator('tbody tr td:first-child').evaluateAll((cells) => cells.map((cell) => cell.innerText.split(/\s/)[0]));
    await page.getByRole('combobox', { name: 'Sector' }).selectOption('Energy');
    await row(page, 'ES').waitFor({ state: 'detached' });
    const energy = await roots();
    await page.getByRole('button', { name: 'Product' }).click();
    await page.getByRole('button', { name: 'Product' }).click();
    const down = await roots();
    const address = page.url();
    await page.goto(`${base}/options?underlying=ES`);
    await page.goto(address);
    await row(page, 'CL').waitFor();
    const again = await roots();
    await page.setViewportSize({ width: 390, height: 844 });
    const cards = page.getByRole('list', { name: 'Futures' }).getByRole('listitem');
    await cards.first().waitFor();
    const texts = await cards.allInnerTexts();
    await page.getByRole('combobox', { name: 'Order' }).selectOption('product');
    await page.waitForFunction(() => new URL(location.href).searchParams.get('sort') === 'product');
    const up = await cards.getByRole('link').evaluateAll((links) => links.map((link) => link.innerText.split(/\s/)[0]));
    await cards.first().click({ position: { x: 300, y: 60 } });
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${up[0]}`) }).waitFor();
    await page.goBack();
    await cards.first().waitFor();
    return { energy, down, again, texts, up, address, back: page.url() };
  },

  async charts(page) {
    await page.goto(`${base}/futures?root=CL&tab=curve`);
    const curve = page.getByRole('application', { name: /Term structure of CL/ });
    await curve.waitFor();
    await curve.focus();
    await page.keyboard.press('ArrowRight');
    const readout = await page.locator('figcaption').innerText();
    await page.getByRole('tab', { name: 'Candles' }).click();
    await page.locator('canvas').first().waitFor();
    await page.getByRole('tab', { name: 'Continuous' }).click();
    await page.getByRole('table', { name: /Rolls/ }).waitFor();
    await page.getByRole('tab', { name: 'Roll', exact: true }).click();
    await page.getByText('By calendar').waitFor();
    await page.goto(`${base}/options?underlying=ES&view=smile`);
    await page.getByRole('application', { name: /Implied volatility/ }).waitFor();
    await page.goto(`${base}/options?underlying=ES&view=heatmap`);
    const cell = page.locator('[role=grid] button', { hasText: /\d/ }).first();
    await cell.click();
    await atTheMoney(page).waitFor();
    return { readout, address: page.url() };
  },

  async past(page) {
    const moment = new Date(Date.now() - 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
    await page.goto(`${base}/futures?as_of=${moment}`);
    await row(page, 'CL').waitFor();
    const bar = await page.getByText('You look at').innerText();
    await page.getByRole('link', { name: 'Options' }).click();
    await atTheMoney(page).waitFor();
    const kept = new URL(page.url()).searchParams.get('as_of');
    await page.getByRole('button', { name: 'Back to live' }).click();
    await page.getByText('You look at').waitFor({ state: 'detached' });
    const address = page.url();
    await page.getByRole('button', { name: 'Look at a moment in the past' }).click();
    await page.locator('input[name=moment]').fill('2199-01-01T00:00');
    await page.getByRole('button', { name: 'Look at this moment' }).click();
    const refusal = await page.getByRole('dialog').getByRole('alert').innerText();
    return { moment, bar, kept, address, refusal, addressAfter: page.url() };
  },

  async search(page) {
    await page.goto(`${base}/futures`);
    await row(page, 'CL').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('crude');
    await page.getByRole('option', { name: /CL/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^CL/ }).waitFor();
    return { address: page.url() };
  },

  async unknown(page) {
    await page.goto(`${base}/futures?root=NOPE`);
    const words = await page.getByRole('main').getByRole('alert').innerText();
    await page.goto(`${base}/no-such-page`);
    await page.getByText('There is no page here').waitFor();
    return { words };
  },

  async backendAway(page, told) {
    await page.goto(`${base}/futures`);
    await row(page, 'CL').waitFor();
    process.stdout.write('stop it\n');
    await told();
    await page.getByText('What you see is from before').waitFor();
    const stillShown = await row(page, 'CL').count();
    const status = await page.getByTestId('status').innerText();
    await page.getByRole('link', { name: 'Options' }).click().catch(() => undefined);
    await page.getByText(/does not answer|offline/).first().waitFor();
    return { stillShown, status };
  },
};

await walk(STORIES);
