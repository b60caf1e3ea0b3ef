// What a person does with an account: sign in, set up the second step, end sessions, make keys; and axe on each page.
import { createHmac } from 'node:crypto';
import { violations } from './axe.mjs';
import { base, facts, textOf, walk } from './walk.mjs';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** The code an authenticator shows for a secret, `steps` of 30 s from now (RFC 6238). */
function codeOf(secret, steps = 0) {
  const bits = [...secret.replaceAll(/\s/g, '')].map((mark) => BASE32.indexOf(mark).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_SECONDS) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const part = (page, id) => page.locator(`section#${id}`);

/** Fills the login page one stands on. */
async function signIn(page, person, code) {
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Code', { exact: true }).fill(code());
}

/** Signed in without the login page: this browser gets the cookies that the API sets. */
async function admit(page, { email, password, recoveryCode }) {
  const ask = async (path, data) => {
    const answer = await page.context().request.post(`${base}/api/v1/auth/${path}`, { data, headers: { 'Sec-Fetch-Site': 'same-origin' } });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}`);
    return answer.json();
  };
  const { mfa_token } = await ask('login', { email, password });
  if (mfa_token) await ask('mfa/challenge', { mfa_token, recovery_code: recoveryCode });
}

/** The first complaint that is said in a part of the page. */
const complaint = (place) => place.getByRole('alert').filter({ hasText: /\S/ }).first().innerText();

async function inBothThemes(page, look) {
  const seen = {};
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => localStorage.setItem('theme', name), theme);
    await page.reload();
    seen[theme] = await look();
  }
  return seen;
}

const STORIES = {
  /** The second step, from turning it on to signing in with a code. */
  async twoStep(page) {
    const person = facts.person;
    await admit(page, person);
    await page.goto(`${base}/account`);
    const section = part(page, 'two-step');
    await section.getByRole('button', { name: 'Set up two-step sign-in' }).click();
    await section.getByLabel('Your password', { exact: true }).fill('not the password at all');
    await section.getByRole('button', { name: 'Next' }).click();
    const refusal = await complaint(section);
    await section.getByLabel('Your password', { exact: true }).fill(person.password);
    await section.getByRole('button', { name: 'Next' }).click();
    const secret = await section.getByTestId('totp-secret').innerText();
    const picture = await section.getByRole('img', { name: /QR code/ }).evaluate((image) => ({ scheme: image.src.slice(0, 19), width: image.naturalWidth }));
    await section.getByLabel('Code from the app', { exact: true }).fill(codeOf(secret));
    await section.getByRole('button', { name: 'Turn it on' }).click();
    await section.getByRole('button', { name: 'I kept them' }).waitFor();
    const codes = await section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
    await section.getByRole('button', { name: 'I kept them' }).click();
    await section.getByText(/On since/).waitFor();
    const left = await section.getByText(/recovery codes? (is|are) left/).innerText();
    await page.evaluate(() => fetch('/api/v1/auth/logout', { method: 'POST' }));
    await page.goto(`${base}/account`);
    await page.waitForURL(/\/login/);
    await signIn(page, person, () => codeOf(secret, 1));
    await page.waitForURL(/\/account/);
    await part(page, 'two-step').getByText(/On since/).waitFor();
    return { refusal, secret, picture, codes, left, address: page.url() };
  },

  /** The phone is lost: in with a recovery code, then new codes, then off with one of them. */
  async recovery(page) {
    const { email, password, recoveryCode, seed } = facts.person;
    await page.goto(`${base}/login?next=/account`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCode);
    await page.keyboard.press('Enter');
    const section = part(page, 'two-step');
    const left = await section.getByText(/recovery codes? (is|are) left/).innerText();
    const prove = async (button, code, action) => {
      await section.getByRole('button', { name: button }).click();
      await section.getByLabel('Your password', { exact: true }).fill(password);
      await section.getByLabel(/^Code from the app/).fill(code);
      await section.getByRole('button', { name: action }).click();
    };
    await prove('Make new recovery codes', recoveryCode, 'Make new codes');
    const refusal = await complaint(section);
    await section.getByLabel(/^Code from the app/).fill(codeOf(seed));
    await section.getByRole('button', { name: 'Make new codes' }).click();
    await section.getByRole('button', { name: 'I kept them' }).waitFor();
    const codes = await section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts();
    await section.getByRole('button', { name: 'I kept them' }).click();
    await prove('Turn off two-step sign-in', codes[0], 'Turn it off');
    await section.getByRole('button', { name: 'Set up two-step sign-in' }).waitFor();
    return { left, refusal, codes };
  },

  /** Another session is ended from here, and dies there; then all the others. */
  async otherSession(page) {
    await admit(page, facts.person);
    const elsewhere = await page.context().browser().newContext({ userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    const other = await elsewhere.newPage();
    await admit(other, facts.person);
    await other.goto(`${base}/account`);
    await part(other, 'sessions').getByText('This one').waitFor();
    await page.goto(`${base}/account`);
    const list = part(page, 'sessions').getByRole('list', { name: 'Sessions' });
    await list.getByRole('listitem').nth(3).waitFor();
    const rows = await list.getByRole('listitem').allInnerTexts();
    await list.getByRole('button', { name: /End session of Firefox on Windows/ }).click();
    await list.getByText('Firefox on Windows').waitFor({ state: 'detached' });
    await other.goto(`${base}/account`);
    await other.waitForURL(/\/login/);
    await part(page, 'sessions').getByRole('button', { name: 'End all other sessions' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End sessions' }).click();
    // While the question stands, the page behind it is hidden from who can't see: wait for the list to be back.
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await list.getByRole('listitem').first().waitFor();
    await list.getByRole('listitem').nth(1).waitFor({ state: 'detached' });
    const left = await list.getByRole('listitem').allInnerTexts();
    return { rows, otherAddress: other.url(), left };
  },

  /** A key is made, shown once, listed by its ends; later revoked. `told` waits while the test uses it. */
  async apiKey(page, told) {
    await admit(page, facts.person);
    await page.goto(`${base}/account`);
    const section = part(page, 'api-keys');
    await section.getByText('No keys yet').waitFor();
    await section.getByRole('button', { name: 'Make key' }).click();
    await section.getByLabel('Name', { exact: true }).fill('Nightly report');
    await section.getByLabel(/Read portfolios/).check();
    await section.getByLabel('Expires after').selectOption({ label: '30 days' });
    await section.getByRole('button', { name: 'Make key' }).click();
    const key = await section.getByTestId('new-key').innerText();
    const command = await section.getByTestId('curl').innerText();
    process.stdout.write(`${JSON.stringify({ key, command })}\n`);
    await told();
    await page.reload();
    const row = section.getByRole('listitem').filter({ hasText: 'Nightly report' });
    const listed = await row.innerText();
    const shownAgain = (await page.content()).includes(key);
    await row.getByRole('button', { name: 'Revoke key Nightly report' }).click();
    const dialog = page.getByRole('alertdialog');
    const question = await dialog.innerText();
    await dialog.getByRole('button', { name: 'Revoke key' }).click();
    await section.getByText('No keys yet').waitFor();
    return { key, listed, shownAgain, question };
  },

  /** Name, password, activity: the rest of the page, by keyboard where a person would. */
  async settings(page) {
    const person = facts.person;
    await admit(page, person);
    await page.goto(`${base}/account`);
    const profile = part(page, 'profile');
    await profile.getByLabel('Name', { exact: true }).fill('North');
    await page.keyboard.press('Enter');
    await page.getByText('Your name is changed').waitFor();
    const password = part(page, 'password');
    await password.getByRole('button', { name: 'Change password' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('not the password at all');
    await password.getByLabel('New password', { exact: true }).fill(facts.newPassword);
    await page.keyboard.press('Enter');
    const refusal = await complaint(password);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('name'));
    await password.getByLabel('Current password', { exact: true }).fill(person.password);
    await page.keyboard.press('Enter');
    await page.getByText('Your password is changed').waitFor();
    await part(page, 'profile').getByRole('button', { name: 'Change e-mail address' }).click();
    await profile.getByLabel('New e-mail address').fill(facts.newEmail);
    await profile.getByLabel('Your password', { exact: true }).fill(facts.newPassword);
    await profile.getByRole('button', { name: 'Write to the new address' }).click();
    const asked = await profile.getByText('We wrote to').innerText();
    await page.reload();
    const name = await profile.getByLabel('Name', { exact: true }).inputValue();
    await part(page, 'activity').getByRole('listitem').first().waitFor();
    const events = await part(page, 'activity').getByRole('listitem').allInnerTexts();
    const [download] = await Promise.all([page.waitForEvent('download'), part(page, 'data').getByRole('button', { name: 'Download your data' }).click()]);
    const file = JSON.parse(await textOf(download));
    return { refusal, focused, asked, name, events, exported: JSON.stringify(file) };
  },

  /** The end of the account: only with the address typed, and then the way back in is shut. */
  async deletion(page) {
    await admit(page, facts.person);
    await page.goto(`${base}/account`);
    const section = part(page, 'delete');
    await section.getByRole('button', { name: 'Delete account' }).click();
    const button = section.getByRole('button', { name: 'Delete account for good' });
    const early = await button.isEnabled();
    await section.getByLabel(/^Type /).fill(facts.person.email);
    await section.getByLabel('Your password', { exact: true }).fill(facts.person.password);
    if (facts.code) await section.getByLabel(/^Code from the app/).fill(facts.code);
    await button.click();
    await page.waitForURL(/\/login/);
    return { early };
  },

  /** An administrator finds a person, gives a role, and disables the account. */
  async people(page) {
    await admit(page, facts.admin);
    await page.goto(`${base}/admin/users`);
    await page.getByRole('searchbox').fill(facts.person.email);
    const row = page.getByRole('row').filter({ hasText: facts.person.email });
    await row.waitFor();
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    await row.getByLabel(/^Role of/).selectOption({ label: 'Viewer' });
    await page.getByRole('alertdialog').getByRole('button', { name: 'Change role' }).click();
    await page.getByText(/is now a viewer/).waitFor();
    await row.getByRole('button', { name: /^Disable/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable account' }).click();
    await row.getByText('Disabled').waitFor();
    await page.getByRole('searchbox').fill(facts.admin.email);
    const own = page.getByRole('row').filter({ hasText: facts.admin.email });
    await own.waitFor();
    await own.getByRole('button', { name: /^Disable/ }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Disable account' }).click();
    const refusal = await complaint(dialog);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    return { refusal };
  },

  /** Who is no administrator is told so. */
  async notForYou(page) {
    await admit(page, facts.person);
    await page.goto(`${base}/admin/users`);
    const words = await page.getByRole('main').getByRole('status').filter({ hasText: /\S/ }).innerText();
    return { words };
  },

  /** Axe on the pages of accounts, in light and dark. */
  async accessibility(page) {
    const found = {};
    for (const path of ['/login', '/register', '/forgot-password', '/reset-password#token=none']) {
      await page.goto(base + path);
      found[path] = await inBothThemes(page, async () => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        return violations(page);
      });
    }
    await admit(page, facts.admin);
    await page.goto(`${base}/account`);
    found['/account'] = await inBothThemes(page, async () => {
      await part(page, 'activity').getByRole('listitem').first().waitFor();
      for (const name of ['Change e-mail address', 'Change password', 'Set up two-step sign-in', 'Make key', 'Delete account']) await page.getByRole('button', { name, exact: true }).click();
      return violations(page);
    });
    await page.goto(`${base}/admin/users`);
    found['/admin/users'] = await inBothThemes(page, async () => {
      await page.getByRole('table').waitFor();
      const table = await violations(page);
      await page.getByRole('button', { name: /^Disable/ }).first().click();
      await page.getByRole('alertdialog').waitFor();
      return [...table, ...(await violations(page))];
    });
    return { found };
  },
};

await walk(STORIES);
