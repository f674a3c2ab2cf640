// Runs the module in node and the native program, both on the same corridor, and fails if they
// print different bytes.
//   node compare.mjs <module.wasm> <native program> <corridor folder>

import {execFileSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {WASI} from 'node:wasi';

const [modulePath, nativePath, folder] = process.argv.slice(2);
if (!folder) {
  console.error('compare: expected <module.wasm> <native program> <corridor folder>');
  process.exit(2);
}

async function printedByModule() {
  const scratch = mkdtempSync(join(tmpdir(), 'karvan-'));
  const path = join(scratch, 'out');
  const out = openSync(path, 'w');
  const wasi = new WASI({
    version: 'preview1',
    args: ['fingerprints', '/corridor'],
    preopens: {'/corridor': folder},
    stdout: out,
    returnOnExit: true,
  });
  const module = await WebAssembly.compile(readFileSync(modulePath));
  // Node 20.20 dies (SIGSEGV) at the end of a long run, though not with --no-turbo-fast-api-calls;
  // plain functions around its WASI functions are called without V8's fast calls too.
  const calls = Object.entries(wasi.wasiImport);
  const plain = Object.fromEntries(calls.map(([name, call]) => [name, (...args) => call(...args)]));
  const instance = await WebAssembly.instantiate(module, {wasi_snapshot_preview1: plain});
  const status = wasi.start(instance);
  closeSync(out);
  const text = readFileSync(path, 'utf8');
  rmSync(scratch, {recursive: true});
  if (status !== 0) throw new Error(`the module ended with ${status}`);
  return text;
}

console.error('in node:');
const inNode = await printedByModule();
console.error('native:');
const native = execFileSync(nativePath, [folder], {encoding: 'utf8', stdio: [null, 'pipe', 2]});
process.stdout.write(inNode);
const expected = native.match(/expected (\d+)\nsmall corridor: fingerprint (\d+)/);
if (!expected || expected[1] !== expected[2]) {
  console.error(`compare: the small corridor has not its known fingerprint:\n${native}`);
  process.exit(1);
}
if (inNode !== native) {
  console.error(`compare: differs from the native program, which says:\n${native}`);
  process.exit(1);
}
console.log('the same in node and natively');
