// How a person comes in and goes out: accounts, passwords, sessions that lapse, tabs.
import { base, facts, walk } from './walk.mjs';

const pathOf = (page) => new URL(page.url()).pathname;
const onDesk = (page) => page.getByRole('button', { name: 'Your account' }).waitFor();

async function signIn(page, person) {
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page) {
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

/** What scripts of the page could read of the session. */
const readable = (page) => page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]));

const STORIES = {
  /** A machine nobody was signed in on: from the first page to an account and the board, by keyboard. */
  async firstVisit(page) {
    await page.goto(base);
    await page.waitForURL(/\/login$/);
    await page.getByLabel('E-mail').waitFor();
    const words = await page.getByRole('main').innerText();
    await page.getByRole('link', { name: 'Make one' }).click();
    await page.waitForURL(/\/register$/);
    await page.getByLabel('E-mail').fill(facts.person.email);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.keyboard.press('Enter');
    const refusal = await page.getByRole('alert').filter({ hasText: 'characters' }).innerText();
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    await page.getByLabel('Password', { exact: true }).fill(facts.person.password);
    await page.keyboard.press('Enter');
    await onDesk(page);
    const address = pathOf(page);
    await page.reload();
    await onDesk(page);
    return { words, refusal, focused, address, after: pathOf(page), readable: await readable(page) };
  },

  /** The address has an account: the way to sign in is there. */
  async taken(page) {
    await page.goto(`${base}/register`);
    await page.getByLabel('E-mail').fill(facts.person.email);
    await page.getByLabel('Password', { exact: true }).fill(facts.person.password);
    await page.getByRole('button', { name: 'Make account' }).click();
    const said = page.getByRole('alert').filter({ hasText: 'already' });
    const words = await said.innerText();
    await said.getByRole('link', { name: 'Sign in' }).click();
    await page.waitForURL(/\/login$/);
    return { words };
  },

  /** A wrong password, then the right one, and the page that was wanted, with its query. */
  async wrongPassword(page) {
    await page.goto(`${base}/futures?root=ES&tab=curve`);
    await page.waitForURL(/\/login\?next=/);
    await signIn(page, { ...facts.person, password: 'not the password at all' });
    const words = await page.getByRole('alert').filter({ hasText: 'not right' }).innerText();
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    await signIn(page, facts.person);
    await onDesk(page);
    return { words, focused, address: page.url().slice(base.length) };
  },

  /** Nobody is led to another host by a prepared address. */
  async preparedAddress(page) {
    await page.goto(`${base}/login?next=${encodeURIComponent('//elsewhere.example/login')}`);
    await signIn(page, facts.person);
    await onDesk(page);
    return { address: page.url().slice(base.length) };
  },

  /** Access lapses in the middle (the test moves the clock): two tabs go on as if nothing was. */
  async lapse(page, told) {
    await page.goto(`${base}/login`);
    await signIn(page, facts.person);
    await onDesk(page);
    const other = await page.context().newPage();
    await other.goto(`${base}/futures`);
    await onDesk(other);
    const refreshes = [];
    page.context().on('response', (answer) => answer.url().endsWith('/auth/refresh') && refreshes.push(answer.status()));
    for (const each of [page, other]) await each.evaluate(() => (globalThis.samePage = true));
    const renewed = page.context().waitForEvent('response', (answer) => answer.url().endsWith('/auth/refresh'));
    process.stdout.write('move the clock\n');
    await told();
    await renewed;
    for (const each of [page, other]) await each.waitForResponse((answer) => answer.url().includes('/api/v1/futures') && answer.status() === 200);
    return { refreshes, same: [await page.evaluate(() => globalThis.samePage), await other.evaluate(() => globalThis.samePage)], paths: [pathOf(page), pathOf(other)] };
  },

  /** Signed out in one tab: signed out in both, and the way back is shut. */
  async twoTabs(page) {
    await page.goto(`${base}/login`);
    await signIn(page, facts.person);
    await onDesk(page);
    const other = await page.context().newPage();
    await other.goto(`${base}/account`);
    await onDesk(other);
    await page.getByRole('button', { name: /^Switch to/ }).click();
    const theme = () => page.evaluate(() => [localStorage.getItem('theme'), document.documentElement.className]);
    const before = await theme();
    await signOut(page);
    await page.waitForURL(/\/login$/);
    await other.waitForURL(/\/login$/);
    await other.goto(`${base}/account`);
    await other.waitForURL(/\/login/);
    await signIn(page, facts.person);
    await onDesk(page);
    await onDesk(other);
    await page.reload();
    await onDesk(page);
    return { other: pathOf(other), themes: [before, await theme()] };
  },

  /** A mailed link confirms the address once. */
  async verify(page) {
    await page.goto(facts.link);
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(facts.link);
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    return { address };
  },

  /** The words are the same whether or not there is an account. */
  async forgot(page) {
    const words = [];
    for (const email of [facts.person.email, facts.nobody]) {
      await page.goto(`${base}/login`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      // The page before has a field of this name too.
      await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
      await page.getByLabel('E-mail').fill(email);
      await page.keyboard.press('Enter');
      const said = page.getByRole('status').filter({ hasText: 'If there is an account' });
      words.push((await said.innerText()).replace(email, 'somebody'));
    }
    return { words };
  },

  /** The mailed link: the token leaves the address at once, works once, and the new password signs in. */
  async reset(page) {
    await page.goto(facts.link);
    await page.getByLabel('New password', { exact: true }).fill(facts.newPassword);
    const address = page.url();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    await page.getByRole('link', { name: 'Sign in with the new password' }).click();
    await signIn(page, { ...facts.person, password: facts.newPassword });
    await onDesk(page);
    await signOut(page);
    await page.waitForURL(/\/login$/);
    await page.goto(facts.link);
    await page.getByLabel('New password', { exact: true }).fill(facts.newPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    return { address };
  },
};

await walk(STORIES);
