// One browser for many stories, each of which has a context of its own in it: `node browser.mjs EXECUTABLE` prints its
// address and ends with its input.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { chromium } = createRequire(new URL('../../frontend/package.json', import.meta.url))('playwright-core');
// The edge's own certificate is one that no browser knows.
const FLAGS = ['--no-sandbox', '--ignore-certificate-errors', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The browser that stands at an address, or a new one where it is told which program to run. */
export const browserAt = (place) => (place.startsWith('ws://') ? chromium.connect(place) : chromium.launch({ executablePath: place, args: FLAGS }));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await chromium.launchServer({ executablePath: process.argv[2], args: FLAGS });
  server.on('close', () => process.exit(1));
  process.stdin.on('end', () => server.close()).resume();
  process.stdout.write(`${server.wsEndpoint()}\n`);
}
