// Every page and each of its tabs as it stands: axe in both themes and on a phone, no sideways scroll, no other host.
import { violations } from './axe.mjs';
import { base, facts, picture, walk } from './walk.mjs';

const WIDE = { width: 1440, height: 900 };
const ZOOMED = { width: 720, height: 450 }; // What 1440 × 900 leaves at 200 %.
const PHONE = { width: 390, height: 844 };

/** Settled: there is a heading or a form, and nothing says that it is being fetched. */
async function settle(page) {
  await page.locator('main').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('main [aria-busy="true"], main .skeleton') && document.querySelector('main').innerText.length > 20);
}

const sideways = (page) => page.evaluate(() => Math.max(0, document.scrollingElement.scrollWidth - innerWidth));

/** What is wrong with what is shown: an empty object when nothing is. */
async function faults(page, name) {
  const found = {};
  const look = async (how, tell) => {
    const told = await tell();
    if (told.length) found[how] = told;
    await picture(page, `${name}-${how}`);
  };
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await look(colorScheme, () => violations(page));
  }
  for (const [how, size] of Object.entries({ zoomed: ZOOMED, phone: PHONE })) {
    await page.setViewportSize(size);
    await settle(page);
    await look(how, async () => {
      const over = await sideways(page);
      return [...(over ? [`${over} px wider than the window`] : []), ...(how === 'phone' ? await violations(page) : [])];
    });
  }
  await page.setViewportSize(WIDE);
  return found;
}

/** Adds up how much of the page moved while it came (the web's "cumulative layout shift"). */
const watchShifts = () => {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.shifted += entry.hadRecentInput ? 0 : entry.value))).observe({ type: 'layout-shift', buffered: true });
};

/** The tabs of the page that lead to other views of it; a tab list inside one of them is left alone. */
const tabsOf = async (page) => ((await page.getByRole('tablist').count()) ? page.getByRole('tablist').first().getByRole('tab').allInnerTexts() : []);

const STORIES = {
  async page(page) {
    const elsewhere = [];
    page.on('request', (request) => !request.url().startsWith(base) && !/^(data|blob):/.test(request.url()) && elsewhere.push(request.url()));
    page.on('websocket', (socket) => !socket.url().startsWith(base.replace('http', 'ws')) && elsewhere.push(socket.url()));
    await page.addInitScript(watchShifts);
    await page.goto(base + facts.path);
    await settle(page);
    const shifted = await page.evaluate(() => globalThis.shifted);
    const found = { [facts.path]: await faults(page, facts.path) };
    for (const tab of await tabsOf(page)) {
      await page.getByRole('tablist').first().getByRole('tab', { name: tab, exact: true }).click();
      await settle(page);
      found[tab] = await faults(page, `${facts.path} ${tab}`);
    }
    return { found: Object.fromEntries(Object.entries(found).filter(([, each]) => Object.keys(each).length)), shifted, elsewhere };
  },

  /** A script that somebody managed to write into the page. */
  async injected(page) {
    await page.goto(base + facts.path);
    await settle(page);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="globalThis.ran = true">');
    });
    await page.waitForTimeout(300);
    return { ran: await page.evaluate(() => globalThis.ran ?? false) };
  },
};

await walk(STORIES);
