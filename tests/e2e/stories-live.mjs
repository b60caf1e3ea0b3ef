// How the desk lives: told without asking, stale, cut off and back: `node stories-live.mjs STORY BASE_URL BROWSER FACTS`.
import { base, walk } from './walk.mjs';

const row = (page, root) => page.getByRole('row', { name: new RegExp(`^${root} `) });
const status = (page) => page.getByTestId('status');
const priceOf = (page, root) => row(page, root).getByRole('cell').nth(2).innerText();

async function untilMoved(page, root, before) {
  await page.waitForFunction(
    ([name, text]) => [...document.querySelectorAll('tbody tr')].find((each) => each.innerText.startsWith(name))?.querySelectorAll('td')[2]?.innerText !== text,
    [root, before],
  );
  return priceOf(page, root);
}

/** Until the line is open: an open line is what the pill's explanation says. */
const untilTold = (page) => page.locator('[data-testid=status][data-hint*="Live line: open"]').waitFor();

function watch(page) {
  const sockets = [];
  const asked = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  page.on('request', (request) => new URL(request.url()).pathname === '/api/v1/futures' && asked.push(Date.now()));
  return { sockets, asked };
}

const STORIES = {
  async boardMoves(page) {
    const { asked } = watch(page);
    await page.goto(`${base}/futures`);
    await row(page, 'ES').waitFor();
    const begun = Date.now();
    await untilTold(page);
    const before = await priceOf(page, 'ES');
    const after = await untilMoved(page, 'ES', before);
    const seconds = (Date.now() - begun) / 1000;
    const toldAt = Date.now();
    let moves = 0;
    for (let price = after; moves < 5; moves += 1) price = await untilMoved(page, 'ES', price);
    return { before, after, seconds, moves, asked: asked.filter((at) => at > toldAt).length, status: await status(page).innerText() };
  },

  async chainMoves(page) {
    await page.goto(`${base}/options?underlying=ES`);
    await page.getByTestId('at-the-money').waitFor();
    await untilTold(page);
    const asked = [];
    page.on('request', (request) => new URL(request.url()).pathname.endsWith('/chain') && asked.push(request.url()));
    const forward = () => page.getByTestId('provenance').locator('dd').first().innerText();
    const seen = [await forward()];
    for (let moves = 0; moves < 5; moves += 1) {
      await page.waitForFunction((was) => document.querySelector('[data-testid=provenance] dd')?.innerText !== was, seen.at(-1));
      seen.push(await forward());
    }
    // A cell shines for less than half a second: asked for until one is seen shining.
    const lit = await page.waitForFunction(() => {
      const cells = [...document.querySelectorAll('[role=gridcell][data-tick]')];
      return cells.length > 0 && [...new Set(cells.map((cell) => cell.dataset.tick))];
    });
    const directions = await lit.jsonValue();
    return { seen, directions, asked: asked.length };
  },

  async plugPulled(page) {
    const board = await page.context().newPage();
    await board.goto(`${base}/futures`);
    await untilTold(board);
    await page.goto(`${base}/feeds`);
    const state = page.getByTestId('state of simulated');
    await state.getByText('Live').waitFor();
    await page.getByRole('button', { name: 'Pull the plug' }).click();
    await state.getByText('Stale').waitFor();
    await row(board, 'BTC').getByText('Stale').waitFor();
    const pill = await status(board).innerText();
    await page.getByRole('button', { name: 'Heal it' }).click();
    await state.getByText('Live').waitFor();
    await row(board, 'BTC').getByText('Live').waitFor();
    const before = await priceOf(board, 'BTC');
    const after = await untilMoved(board, 'BTC', before);
    return { pill, before, after };
  },

  /** A feed falls silent and comes back: said once in passing, counted, and on the list of notices over a reload. */
  async plugNoticed(page) {
    const bell = (at) => at.getByRole('button', { name: /^Notices/ });
    const board = await page.context().newPage();
    await board.goto(`${base}/futures`);
    await untilTold(board);
    await page.goto(`${base}/feeds`);
    const state = page.getByTestId('state of simulated');
    await state.getByText('Live').waitFor();
    await page.getByRole('button', { name: 'Pull the plug' }).click();
    await board.bringToFront();
    const toast = board.locator('[data-sonner-toast]').filter({ hasText: 'fell silent' });
    await toast.first().waitFor();
    const toasts = await toast.count();
    await board.waitForFunction(() => document.querySelector('[data-testid=news]')?.textContent !== '');
    const said = await board.getByTestId('news').innerText();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Heal it' }).click();
    await state.getByText('Live').waitFor();
    const rows = page.getByRole('dialog', { name: 'Notices' }).getByRole('listitem').filter({ hasText: /is live again|fell silent/ });
    await bell(page).click();
    await rows.nth(1).waitFor();
    const told = await rows.allInnerTexts();
    await page.reload();
    await bell(page).click();
    await rows.nth(1).waitFor();
    return { toasts, said, told, after: await rows.count() };
  },

  async traderSeesOnly(page) {
    await page.goto(`${base}/feeds`);
    await page.getByTestId('state of simulated').waitFor();
    const buttons = await page.getByRole('main').getByRole('button').count();
    return { buttons, words: await page.getByRole('main').innerText() };
  },

  async lineLost(page, told) {
    await page.goto(`${base}/futures`);
    await untilTold(page);
    process.stdout.write('freeze it\n');
    await told();
    await status(page).getByText(/Disconnected|No answer/).waitFor();
    await row(page, 'BTC').getByText('Disconnected').waitFor();
    const lost = await status(page).innerText();
    const shown = await priceOf(page, 'BTC');
    process.stdout.write('let it go on\n');
    await told();
    await untilTold(page);
    await row(page, 'BTC').getByText('Live').waitFor();
    const after = await untilMoved(page, 'BTC', shown);
    return { lost, shown, after };
  },

  async twoTabs(page) {
    const other = await page.context().newPage();
    const watched = [watch(page), watch(other)];
    for (const tab of [page, other]) {
      await tab.goto(`${base}/futures`);
      await untilTold(tab);
    }
    const moved = [];
    for (const tab of [page, other]) {
      await tab.bringToFront();
      moved.push((await untilMoved(tab, 'ES', await priceOf(tab, 'ES'))) !== '');
    }
    const alone = await page.context().newPage();
    await alone.addInitScript(() => delete globalThis.SharedWorker);
    const own = watch(alone);
    await alone.goto(`${base}/futures`);
    await untilTold(alone);
    return { moved, sockets: watched.map((each) => each.sockets.length), own: own.sockets.length };
  },

  async noLine(page) {
    await page.addInitScript(() => {
      delete globalThis.SharedWorker;
      globalThis.WebSocket = class {
        constructor() {
          throw new DOMException('blocked', 'SecurityError');
        }
      };
    });
    await page.goto(`${base}/futures`);
    await status(page).getByText('Asked every 3 s').waitFor();
    const before = await priceOf(page, 'ES');
    return { before, after: await untilMoved(page, 'ES', before) };
  },
};

await walk(STORIES);
