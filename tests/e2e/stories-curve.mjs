// What a person does with a curve and its spreads, at a moment that stands still: `node stories-curve.mjs STORY BASE_URL BROWSER FACTS`.
import { base, facts, walk } from './walk.mjs';

const rowsOf = (table) => table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
const at = (tab, more = '') => `${base}/futures?root=CL&tab=${tab}&as_of=${facts.moment}${more}`;
const answered = async (page, path) => (await page.request.get(`${base}/api/v1/futures/CL/${path}`)).json();

const STORIES = {
  /** What rolling earns, and how the curve was a week before. */
  async rollYield(page) {
    await page.goto(at('curve'));
    const words = await page.getByTestId('roll-yield').innerText();
    const curve = await answered(page, `curve?as_of=${facts.moment}`);
    await page.getByRole('button', { name: '1 week before' }).click();
    const earlier = page.getByRole('list', { name: 'Earlier curves' }).getByRole('listitem').filter({ hasText: /contango|backwardation/i });
    await earlier.waitFor();
    return { words, points: curve.points, earlier: await earlier.innerText(), address: page.url() };
  },

  /** From the matrix to one spread by keys, its legs and its past; and the list of neighbours as the API has it. */
  async spreads(page) {
    await page.goto(at('spreads'));
    const matrix = page.getByRole('grid', { name: 'Calendar spreads, near less far' });
    await matrix.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const detail = page.getByRole('region', { name: /^Spread CL-/ });
    await detail.getByRole('application', { name: /^Past of/ }).waitFor();
    const name = await detail.getByRole('heading').innerText();
    const legs = await rowsOf(detail.getByRole('table', { name: `Legs of ${name}` }));
    const address = page.url();
    const lists = {};
    for (const [kind, title, label] of [['calendar', 'Neighbours', 'Calendar spreads'], ['butterfly', 'Butterflies', 'Butterflies']]) {
      await page.getByRole('radio', { name: title }).click();
      const table = page.getByRole('table', { name: label, exact: true });
      await table.waitFor();
      lists[kind] = await rowsOf(table);
    }
    const { items } = await answered(page, `spreads?as_of=${facts.moment}`);
    return { name, legs, address, lists, items };
  },
};

await walk(STORIES);
