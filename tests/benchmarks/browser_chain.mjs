// A 500-row option chain of which every price changes ten times a second, in headless Chromium: long tasks, tick to
// painted cell, memory. Serves the built pages itself, over a stub of the API: node browser_chain.mjs [SECONDS] [BROWSER] [PAGES].
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const from = createRequire(new URL('../../frontend/package.json', import.meta.url));
const { chromium } = from('playwright-core');
const { WebSocketServer } = from('ws');

const [seconds, executablePath] = [Number(process.argv[2] ?? 60), process.argv[3] ?? '/usr/bin/chromium'];
const pages = path.join(path.resolve(process.argv[4] ?? fileURLToPath(new URL('../../frontend/out/', import.meta.url))), path.sep);
const ROWS = 500;
const EVERY_MS = 100;
const LONG_TASK_MS = 50;
const PAINT_P95_MS = 150;
/** What the heap may grow from the first quarter to the last: a tenth, and a megabyte. */
const flat = (first, last) => last <= first * 1.1 + 1;
const expiry = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain' };

const now = () => new Date().toISOString();
const wobble = (tick, strike, size) => Math.round(Math.sin(tick * 0.7 + strike) * size * 100) / 100;

function sideAt(right, strike, tick) {
  const worth = Math.max(1, right === 'C' ? 6000 - strike : strike - 6000) + 20 + wobble(tick, strike, 4);
  return {
    symbol: `ES-${expiry}-${strike}-${right}`, bid: Number((worth - 0.5).toFixed(2)), ask: Number((worth + 0.5).toFixed(2)), last: Number(worth.toFixed(2)),
    mark: worth, mark_quote: worth, mark_source: 'mid', volume: 100 + tick, open_interest: 1000 + (strike % 700), iv_bid: 0.2, iv_ask: 0.24,
    iv: 0.22 + wobble(tick, strike, 0.01), delta: 0.5, gamma: 0.001, vega: 6.5, theta: -2.9, rho: 2.5, status: 'ok', quote_age_ms: 100, ts: now(),
  };
}
const rowAt = (index, tick) => ({ strike: 3500 + index * 10, call: sideAt('C', 3500 + index * 10, tick), put: sideAt('P', 3500 + index * 10, tick) });
const rowsAt = (tick) => Array.from({ length: ROWS }, (_, index) => rowAt(index, tick));
const forwardAt = (tick) => Number((6000 + (tick % 400) / 100).toFixed(2));
const chainAt = (tick) => ({
  underlying: 'ES', source: 'simulated', currency: 'USD', price_currency: 'USD', multiplier: 50, units: {}, expiry, expires_at: `${expiry}T15:00:00Z`, dte: 30, expiry_years: 0.08,
  underlying_symbol: 'ES-2027-01', spot: null, forward: forwardAt(tick), forward_source: 'future', parity_forward: 6000, parity_pairs: 20, parity_residual: 0, rate: 0.04, rate_source: 'assumed',
  dividend_yield: null, day_count: 'ACT/365F', as_of: now(), model: 'black76', delta_kind: 'forward', status: 'live', newest_ts: now(), atm_strike: 6000, atm_iv: 0.22, rows: rowsAt(tick),
});
const underlying = () => ({
  underlying: 'ES', source: 'simulated', sources: ['simulated'], exchange: 'CME', currency: 'USD', multiplier: 50, exercise: 'european', inverse: false, as_of: now(), newest_ts: now(), oldest_ts: now(),
  status: 'live', atm_expiry: expiry, atm_iv: 0.22, forward: 6000, expiries: [{ expiry, expires_at: `${expiry}T15:00:00Z`, dte: 30, contracts: 2 * ROWS, newest_ts: now() }],
});
const ANSWERS = {
  '/api/v1/users/me': () => ({ id: '8fa1aade-a398-44af-bc90-dc76e3f87cca', email: 'ada@example.com', full_name: null, role: 'trader', permissions: ['market:read'], email_verified: true, mfa_enabled: false, created_at: now() }),
  '/api/v1/users/me/preferences': () => ({ document: {}, version: 0, updated_at: null }),
  '/api/v1/options': () => ({ as_of: now(), items: [underlying()] }),
  '/api/v1/options/ES/chain': () => chainAt(0),
  '/api/v1/options/ES/smile': () => ({ underlying: 'ES', source: 'simulated', as_of: now(), x: 'strike', smiles: [] }),
};

const server = createServer((asked, answer) => {
  const { pathname } = new URL(asked.url, 'http://localhost');
  if (pathname.startsWith('/api/')) {
    const body = ANSWERS[pathname]?.();
    answer.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? { status: 404, code: 'not_found', title: 'Not here' }));
    return;
  }
  const file = [pathname, `${pathname}.html`].map((each) => path.join(pages, path.normalize(each))).find((each) => each.startsWith(pages) && existsSync(each) && statSync(each).isFile());
  answer.writeHead(file ? 200 : 404, { 'content-type': TYPES[path.extname(file ?? '.html')] ?? 'application/octet-stream' });
  if (file) createReadStream(file).pipe(answer);
  else answer.end();
});

const sentAt = new Map();
let bytes = 0;
let sent = 0;
new WebSocketServer({ server, path: '/api/v1/stream' }).on('connection', (socket) => {
  let seq = Date.now();
  let tick = 0;
  let topic = null;
  const say = (message) => socket.send(JSON.stringify(message));
  const whole = () => say({ topic, seq, kind: 'snapshot', ts: now(), data: chainAt(tick) });
  const beat = () => say({ topic: 'system:heartbeat', kind: 'status', ts: now(), data: { feeds: [{ feed: 'simulated', state: 'live', last_tick_ts: now() }] } });
  socket.on('message', (text) => {
    const { id, op, topic: wanted } = JSON.parse(text);
    say({ id, ok: true });
    if ((op === 'subscribe' || op === 'resync') && wanted.startsWith('chain:')) {
      topic = wanted;
      whole();
    }
  });
  beat();
  const beats = setInterval(beat, 2000);
  const ticks = setInterval(() => {
    if (topic === null) return;
    tick += 1;
    const rows = rowsAt(tick).map(({ strike, call, put }) => ({ strike, call: changed(call), put: changed(put) }));
    const prev = seq;
    seq = Math.max(seq + 1, Date.now());
    const text = JSON.stringify({ topic, seq, prev, kind: 'delta', ts: now(), data: { forward: forwardAt(tick), as_of: now(), newest_ts: now(), rows } });
    sentAt.set(String(100 + tick), Date.now());
    bytes += text.length;
    sent += 1;
    socket.send(text);
  }, EVERY_MS);
  socket.on('close', () => [beats, ticks].forEach(clearInterval));
});
const changed = ({ bid, ask, last, mark, mark_quote, volume, iv, ts }) => ({ bid, ask, last, mark, mark_quote, volume, iv, ts });

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info', '--js-flags=--expose-gc'] });
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/options?underlying=ES&strikes=all`);
await page.locator('[data-testid=status][data-hint*="Live line: open"]').waitFor({ timeout: 60_000 });
await page.getByTestId('at-the-money').waitFor();
await page.waitForTimeout(3_000); // What opening the page costs is not what ticking costs.
await page.evaluate(() => {
  globalThis.measured = { long: [], painted: [], frames: [], own: [] };
  new PerformanceObserver((list) => globalThis.measured.long.push(...list.getEntries().map((each) => [each.startTime, each.duration]))).observe({ entryTypes: ['longtask'] });
  // The volume at the money tells the ticks apart: it rises by one with each.
  const column = [...document.querySelectorAll('[role=columnheader]')].findIndex((each) => each.getAttribute('aria-label') === 'Call Volume');
  const cell = document.querySelector('[data-testid=at-the-money]').closest('[role=row]').querySelectorAll('[role=gridcell], [role=rowheader]')[column];
  // The frame in which it changed has been painted when the next task after that frame runs.
  new MutationObserver(() => {
    const text = cell.textContent;
    requestAnimationFrame(() => setTimeout(() => globalThis.measured.painted.push([text, Date.now()])));
  }).observe(cell, { subtree: true, characterData: true, childList: true });
  let last = performance.now();
  const frame = (time) => {
    globalThis.measured.frames.push(time - last);
    last = time;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
// Collecting the heap by hand is a pause of our own making: what is long while it lasts is not the page's.
const heap = () =>
  page.evaluate(() => {
    const begun = performance.now();
    globalThis.gc?.();
    globalThis.measured.own.push([begun - 5, performance.now() + 5]);
    return performance.memory.usedJSHeapSize / 1e6;
  });
// Processor time of the page's thread: a busy machine stretches every other figure, not this one.
const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
const spent = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value * 1000]));
const memory = [await heap()];
const spentBefore = await spent();
const [bytesBefore, sentBefore] = [bytes, sent];
for (let part = 0; part < 4; part += 1) {
  await page.waitForTimeout((seconds * 1000) / 4);
  memory.push(await heap());
}
const spentAfter = await spent();
const aTick = (name) => Number(((spentAfter[name] - spentBefore[name]) / (sent - sentBefore)).toFixed(1));
const { long, painted, frames, own } = await page.evaluate(() => globalThis.measured);
const ofPage = long.filter(([start, duration]) => !own.some(([from, to]) => start < to && start + duration > from)).map(([, duration]) => duration);
const late = painted.map(([text, when]) => when - (sentAt.get(text) ?? NaN)).filter((each) => each >= 0 && each < 10_000).sort((a, b) => a - b);
const paces = frames.sort((a, b) => a - b);
const figures = {
  seconds, rows: ROWS, ticks: sent - sentBefore, kilobytesATick: Math.round((bytes - bytesBefore) / (sent - sentBefore) / 1000),
  longTasks: ofPage.filter((each) => each > LONG_TASK_MS).length, longest: Math.round(Math.max(0, ...ofPage)), collecting: long.length - ofPage.length,
  cpuMsATick: { all: aTick('TaskDuration'), script: aTick('ScriptDuration'), style: aTick('RecalcStyleDuration'), layout: aTick('LayoutDuration') },
  painted: late.length, tickToPaintMs: { p50: at(late, 0.5), p95: at(late, 0.95), p99: at(late, 0.99) },
  frameMs: { p50: Number(at(paces, 0.5).toFixed(1)), p95: Number(at(paces, 0.95).toFixed(1)), p99: Number(at(paces, 0.99).toFixed(1)) },
  heapMB: memory.map((each) => Number(each.toFixed(1))), domNodes: await page.evaluate(() => document.querySelectorAll('*').length),
};
console.log(JSON.stringify(figures, null, 1));
const musts = [
  [`no task over ${LONG_TASK_MS} ms in ${seconds} s: ${figures.longTasks}, the longest ${figures.longest} ms`, figures.longTasks === 0],
  [`every tick painted, tick to painted cell p95 at most ${PAINT_P95_MS} ms: ${figures.painted} of ${figures.ticks}, ${figures.tickToPaintMs.p95} ms`, figures.tickToPaintMs.p95 <= PAINT_P95_MS && figures.painted >= 0.9 * figures.ticks],
  [`memory flat: ${figures.heapMB[1]} to ${figures.heapMB.at(-1)} MB after collection`, flat(memory[1], memory.at(-1))],
];
musts.forEach(([words, held]) => console.log(`${held ? 'PASS' : 'FAIL'}  ${words}`));
await browser.close();
server.closeAllConnections();
server.close();
process.exit(0);
