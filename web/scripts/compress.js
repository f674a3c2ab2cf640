// Beside each file of build/web that gets smaller by it, the same gzipped: `karvan serve` and other
// servers hand it out where a browser takes it.
//   node scripts/compress.js
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../build/web');
const kTypes = /\.(html|js|mjs|css|json|svg|wasm)$/;

for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true})) {
  if (!entry.isFile() || !kTypes.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const plain = readFileSync(path);
  const small = gzipSync(plain, {level: 9});
  if (small.length < 0.9 * plain.length) writeFileSync(`${path}.gz`, small);
}
