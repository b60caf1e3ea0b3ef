// Serves the built page and hands /api and /health to a running backend: `npm run build && npm run dev`.
// BACKEND (default http://127.0.0.1:8000) and PORT (default 3000) change where.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const backend = new URL(process.env.BACKEND ?? 'http://127.0.0.1:8000');
const port = Number(process.env.PORT ?? 3000);
const root = fileURLToPath(new URL('../out/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.json': 'application/json' };

function fileOf(pathname) {
  const wanted = path.join(root, path.normalize(decodeURIComponent(pathname)));
  if (!wanted.startsWith(root)) return null;
  return [wanted, `${wanted}.html`, path.join(wanted, 'index.html')].find((file) => existsSync(file) && statSync(file).isFile()) ?? null;
}

createServer((incoming, outgoing) => {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
  if (pathname.startsWith('/api/') || pathname.startsWith('/health')) {
    const onward = request({ host: backend.hostname, port: backend.port, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, host: backend.host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
    return;
  }
  const file = fileOf(pathname);
  outgoing.writeHead(file ? 200 : 404, { 'content-type': TYPES[path.extname(file ?? '.html')] ?? 'application/octet-stream' });
  createReadStream(file ?? path.join(root, '404.html')).pipe(outgoing);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port} → ${backend.origin}`));
