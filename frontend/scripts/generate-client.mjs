// Writes the types of the API's client from openapi.json; with --check it only says whether they are stale.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../openapi.json', import.meta.url);
const target = new URL('../src/api/generated/schema.d.ts', import.meta.url);
const HEADER = '// Generated from openapi.json by `npm run client`; never edited by hand.\n\n';

const text = HEADER + astToString(await openapiTS(source));
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== text) {
    console.error('src/api/generated/schema.d.ts is stale: run `npm run client`.');
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
