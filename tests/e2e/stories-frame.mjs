// What stands around every page: search, glossary, bell, tour, display; by keyboard, on another device, at twice the size: `node stories-frame.mjs STORY BASE_URL BROWSER FACTS`.
import { violations } from './axe.mjs';
import { base, facts, keptOnServer, walk } from './walk.mjs';

const ZOOMED = { width: 720, height: 450 }; // What 1440 × 900 leaves at 200 %.
const PREFERENCES = '/api/v1/users/me/preferences';
const pathOf = (page) => page.url().slice(base.length);

const kept = (page) => page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().endsWith(PREFERENCES) && answer.ok());
const known = (page) => page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().endsWith(PREFERENCES) && answer.ok());

/** Opens a page and waits until the server has told what this person chose. */
async function open(page, path) {
  const told = known(page);
  await page.goto(base + path);
  await told;
  await page.getByRole('button', { name: 'Your account' }).waitFor();
}

/** The same person at another browser. */
async function elsewhere(page) {
  const context = await page.context().browser().newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies(await page.context().cookies());
  return context.newPage();
}

const bell = (page) => page.getByRole('button', { name: /^Notices/ });
const nameOf = (control) => control.getAttribute('aria-label');
const offer = (page) => page.getByRole('region', { name: 'New here?' });
const startTour = (page) => offer(page).getByRole('button', { name: 'Take the tour' });
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? '');

/** Goes on with the Tab key until the focus is where it is wanted; tells how often it was pressed. */
async function tabTo(page, selector, most = 80) {
  for (let pressed = 1; pressed <= most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return pressed;
  }
  throw new Error(`the Tab key does not lead to ${selector}`);
}

/** Which of these do not stand wholly on the screen. */
async function cutOff(page, part) {
  const box = await part.boundingBox();
  const { width, height } = page.viewportSize();
  return box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height;
}

async function askAsScript(password) {
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'curl/8.5.0' },
    body: JSON.stringify({ email: facts.person.email, password }),
  });
  return answer.status;
}

const STORIES = {
  /** A word is found by the search, by its own search, from the page that shows it, and by a hint. */
  async glossary(page) {
    await open(page, '/futures');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search a page, symbol or action').fill('glossary');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/glossary$/);
    const find = page.getByLabel('Find a word');
    await find.fill('open interest OI');
    await page.getByText('1 word found').waitFor();
    const found = await page.getByRole('article').getByRole('heading').allInnerTexts();
    await page.getByRole('article').getByRole('link', { name: 'Futures' }).click();
    const header = page.getByRole('button', { name: /^Volume/ });
    await header.focus();
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('w');
    await page.waitForURL(/\/glossary#volume$/);
    await page.waitForFunction(() => document.activeElement?.id === 'volume');
    const top = await page.locator('#volume').evaluate((entry) => entry.getBoundingClientRect().top);
    await page.goBack();
    await header.hover();
    await page.getByRole('tooltip').getByRole('link', { name: /In the glossary/ }).click();
    await page.waitForURL(/\/glossary#volume$/);
    await page.goto(`${base}/glossary#delta`);
    await page.waitForFunction(() => document.activeElement?.id === 'delta');
    const unit = await page.locator('#delta dd').first().innerText();
    return { found, top, unit };
  },

  /** What happened to the account from elsewhere is counted until it is read, wherever that is. */
  async accountNotices(page) {
    const statuses = [await askAsScript(facts.person.password), await askAsScript('not the password at all')];
    await open(page, '/futures');
    await page.waitForFunction(() => document.querySelector('[data-tour=bell]')?.getAttribute('aria-label') !== 'Notices');
    const before = await nameOf(bell(page));
    const read = kept(page);
    await bell(page).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Notices' });
    await panel.getByRole('listitem').first().waitFor();
    const rows = await panel.getByRole('listitem').allInnerTexts();
    await read;
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    const back = await focused(page);
    const other = await elsewhere(page);
    await open(other, '/futures');
    await bell(other).click();
    const there = await other.getByRole('dialog', { name: 'Notices' }).getByRole('listitem').first().innerText();
    return { statuses, before, rows, back, there, elsewhere: await nameOf(bell(other)) };
  },

  /** The tour is offered to who is new, walked by keys, and never offered again; the search has it still. */
  async tour(page) {
    await open(page, `/futures?as_of=${encodeURIComponent(new Date(Date.now() - 3_600_000).toISOString())}`);
    await page.getByRole('button', { name: 'Back to live' }).first().waitFor();
    const inThePast = await offer(page).count();
    await open(page, '/futures');
    await startTour(page).focus();
    await page.keyboard.press('Enter');
    const card = page.getByRole('dialog');
    await card.waitFor();
    const titles = [];
    for (;;) {
      titles.push(await card.getByRole('heading').innerText());
      const [at, all] = (await card.getByText(/^\d of \d$/).innerText()).split(' of ');
      if (at === all) break;
      await page.keyboard.press('Tab'); // The focus stays in the card.
      await page.keyboard.press('ArrowRight');
      await card.getByText(`${Number(at) + 1} of ${all}`).waitFor();
    }
    const remembered = kept(page);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await remembered;
    const other = await elsewhere(page);
    await open(other, '/futures');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search a page, symbol or action').fill('take the tour');
    await page.keyboard.press('Enter');
    await card.getByRole('heading', { name: titles[0] }).waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    return { inThePast, titles, here: await offer(page).count(), there: await offer(other).count() };
  },

  /** What is chosen in the account is so in another browser, in its frame too. */
  async display(page) {
    await open(page, '/account#display');
    const part = page.locator('section#display');
    const up = () => part.getByText(/^\+/).evaluate((text) => getComputedStyle(text).color);
    const green = await up();
    for (const name of ['Dark', 'Local', 'Dense', 'Blue up']) await part.getByRole('radio', { name }).click();
    await keptOnServer(page, '"dark"', '"local"', '"dense"', '"blind"');
    const blue = await up();
    const other = await elsewhere(page);
    await open(other, '/futures');
    await other.waitForFunction(() => document.documentElement.classList.contains('dark') && document.documentElement.dataset.density === 'dense');
    await other.getByRole('button', { name: 'Display' }).click();
    const choices = other.getByRole('dialog', { name: 'Display' }).getByRole('radio', { checked: true });
    await choices.first().waitFor();
    const checked = await choices.allInnerTexts();
    return { green, blue, checked };
  },

  /** From sign-in to a chain, along it, to another and back, with no mouse. */
  async noMouse(page) {
    await page.goto(`${base}/login`);
    // Keys may be pressed once React has taken the form over.
    await page.waitForFunction(() => Object.keys(document.querySelector('[name=email]') ?? {}).some((key) => key.startsWith('__react')));
    if ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) !== 'email') await tabTo(page, '[name=email]', 10);
    await page.keyboard.type(facts.person.email);
    await tabTo(page, '[name=password]', 3);
    await page.keyboard.type(facts.person.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Your account' }).waitFor();
    await page.keyboard.press('o');
    await page.keyboard.press('o');
    await page.waitForURL(/\/options/);
    await page.getByTestId('at-the-money').waitFor();
    const tabs = await tabTo(page, '[role=gridcell], [role=rowheader]');
    const row = () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex'));
    const rows = [await row()];
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((was) => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') !== was, rows[0]);
    rows.push(await row());
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search a page, symbol or action').waitFor();
    await page.keyboard.type('CL option chain');
    await page.getByRole('option', { name: /CL/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/underlying=CL/);
    await page.getByTestId('at-the-money').waitFor();
    const chain = pathOf(page);
    await page.keyboard.press('o');
    await page.keyboard.press('f');
    await page.waitForURL(/\/futures/);
    await page.reload();
    await page.getByRole('button', { name: 'Your account' }).waitFor();
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('Enter');
    return { tabs, rows, chain, first, skippedTo: await focused(page), address: pathOf(page) };
  },

  /** Axe on what stands around the pages, opened, in both themes; and all of it on the screen at twice the size. */
  async accessibility(page) {
    const found = {};
    const cut = {};
    const look = async (name, part) => {
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        found[`${name}, ${colorScheme}`] = await violations(page);
      }
      await page.setViewportSize(ZOOMED);
      cut[name] = (part && (await cutOff(page, part))) || (await page.evaluate(() => document.scrollingElement.scrollWidth > innerWidth));
      await page.setViewportSize({ width: 1440, height: 900 });
    };
    await open(page, '/glossary');
    await page.locator('#delta').waitFor();
    await look('glossary');
    await open(page, '/account#display');
    await look('display');
    await bell(page).click();
    const panel = page.getByRole('dialog', { name: 'Notices' });
    await panel.getByRole('link', { name: 'All feeds' }).waitFor();
    await look('bell', panel);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Display' }).click();
    const choices = page.getByRole('dialog', { name: 'Display' });
    await choices.waitFor();
    await look('choices', choices);
    await page.keyboard.press('Escape');
    await startTour(page).click();
    await page.getByRole('dialog').waitFor();
    await look('tour', page.getByRole('dialog'));
    return { found, cut };
  },
};

await walk(STORIES);
