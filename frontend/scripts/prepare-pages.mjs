// Makes a build ready to be served as files: packs what is worth it and writes which inline scripts each page may run,
// as the entries of an nginx map. `node scripts/prepare-pages.mjs OUT POLICIES.conf`
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const PACKED = new Set(['.html', '.js', '.css', '.svg', '.txt', '.json']);
const LEAST_BYTES = 1024;
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

const [out, policies] = process.argv.slice(2);
if (!out || !policies) throw new Error('usage: prepare-pages.mjs OUT POLICIES.conf');

const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz'))
  .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
  .sort();

for (const file of files.filter((each) => PACKED.has(path.extname(each)))) {
  const bytes = readFileSync(file);
  if (bytes.length >= LEAST_BYTES) writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

const pages = files.filter((file) => file.endsWith('.html'));
writeFileSync(policies, pages.map((page) => `/${path.relative(out, page).split(path.sep).join('/')} "${policyOf(readFileSync(page, 'utf8'))}";\n`).join(''));

function policyOf(page) {
  const scripts = new Set([...page.matchAll(INLINE_SCRIPT)].map(([, script]) => script).filter(Boolean));
  const hashes = [...scripts].map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`).sort();
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashes].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
