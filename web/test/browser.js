// One browser and one file server for all tests of the page. A page that says anything on its
// console, lacks a file or asks another host is at fault.
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {readFile} from 'node:fs/promises';
import {dirname, extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

export const kRoot = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kFolder = join(kRoot, 'build/web');
const kTypes = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.woff2': 'font/woff2',
};

// The file behind a path of the server below.
function fileOf(pathname) {
  const path = normalize(pathname).replace(/^\/karvan\//, '');
  return join(kFolder, path === '' ? 'index.html' : path);
}
export const builtFile = (pathname) => readFileSync(fileOf(pathname));

// As any server of static files, below a path, so that the page must not count on the root.
async function serve() {
  const server = createServer(async (request, response) => {
    const file = fileOf(new URL(request.url, 'http://localhost').pathname);
    try {
      const body = await readFile(file);
      response.writeHead(200, {'content-type': kTypes[extname(file)] ?? 'application/octet-stream'}).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

// `karvan serve` with the page and a store of its own.
export async function serveKarvan() {
  const work = mkdtempSync(join(tmpdir(), 'karvan-page-'));
  const child = spawn(join(kRoot, 'build/release/karvan'), ['serve', '--port', '0', '--web', kFolder, '--data', join(kRoot, 'data/titr'), '--store', join(work, 'store.sqlite')]);
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      const found = /http:\S+\//.exec(String(text));
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`karvan serve ended with ${code}`)));
  });
  const close = async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.on('exit', resolve));
    rmSync(work, {recursive: true, force: true});
  };
  return {address, close};
}

export class Browser {
  static async open() {
    const one = new Browser();
    one.server = await serve();
    one.address = `http://127.0.0.1:${one.server.address().port}/karvan/`;
    one.chromium = await chromium.launch({
      executablePath: process.env.KARVAN_CHROMIUM ?? '/usr/bin/chromium', headless: true,
      args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    });
    return one;
  }
  // A page of its own, with the list of what went wrong on it.
  async page({width = 1280, height = 800, theme = 'light', isFirstVisit = false, address = this.address} = {}) {
    const context = await this.chromium.newContext({viewport: {width, height}, colorScheme: theme, reducedMotion: 'reduce'});
    if (!isFirstVisit) await context.addInitScript(() => localStorage.setItem('karvan-toured', 'yes'));
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const faults = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !/GPU stall|WebGL/.test(message.text()) && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    // A stream of events that a page has read to its end is an aborted request to Chromium.
    const isEndedStream = (request) => new URL(request.url()).pathname.endsWith('/progress') && request.failure()?.errorText === 'net::ERR_ABORTED';
    page.on('requestfailed', (request) => isEndedStream(request) || faults.push(`failed: ${request.url()}`));
    page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(address).origin) faults.push(`foreign host: ${url.href}`);
    });
    return {page, faults, goto: (view) => page.goto(`${address}#${view}`)};
  }
  async close() {
    await this.chromium.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const mapIsDrawn = (page) => page.waitForSelector('.map[data-idle=yes]', {timeout: 60_000});

// How many colors the canvas of the map has: a blank one has a few.
export function mapColors(page) {
  return page.evaluate(() => {
    const map = document.querySelector('.maplibregl-canvas');
    const copy = Object.assign(document.createElement('canvas'), {width: map.width, height: map.height});
    const pen = copy.getContext('2d');
    pen.drawImage(map, 0, 0);
    return new Set(new Uint32Array(pen.getImageData(0, 0, copy.width, copy.height).data.buffer)).size;
  });
}
