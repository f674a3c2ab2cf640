// node bench/page_load.mjs [KARVAN]: how fast the page is, served by `karvan serve` and opened in a
// headless Chromium: the first map, the first answer to a slider, frames while 5,000 things move, the
// end of a dropped run. One JSON line each. Needs build/web (make page).
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {loadavg, tmpdir} from 'node:os';
import {join} from 'node:path';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const {chromium} = require('playwright-core');
const karvan = process.argv[2] ?? 'build/release/karvan';
const work = mkdtempSync(join(tmpdir(), 'karvan-page-'));
const server = spawn(karvan, ['serve', '--port', '0', '--web', 'build/web', '--store', join(work, 'store.sqlite')]);
const address = await new Promise((done) => server.stdout.on('data', (text) => {
  const found = /http:\S+\//.exec(String(text));
  if (found) done(found[0]);
}));
const browser = await chromium.launch({
  executablePath: process.env.KARVAN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const tell = (what, figures) => console.log(JSON.stringify({what, ...figures, load: Number(loadavg()[0].toFixed(1))}));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
// CPU time of the page's main thread, which neighbors do not disturb as they do clocks.
async function cpuOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', {timeDomain: 'threadTicks'});
  return async () => Math.round((await session.send('Performance.getMetrics')).metrics.find((one) => one.name === 'TaskDuration').value * 1000);
}
// Of the process that draws, with all its threads: without a graphics processor it works on the other core.
const session = await browser.newBrowserCDPSession();
async function cpuOfDrawing() {
  const {processInfo} = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter((one) => one.type === 'GPU').reduce((sum, one) => sum + one.cpuTime, 0) * 1000;
}
async function open(view, watch = async () => {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  await context.addInitScript(() => localStorage.setItem('karvan-toured', 'yes'));
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  await watch(page);
  await page.goto(`${address}#${view}`);
  return page;
}

// Nothing cached. First seen is the picture of the map that stands at once, complete the map that moves
// with all its names and nothing left to draw.
const pictures = [];
const firsts = [];
const cpus = [];
let bytes = 0;
for (let i = 0; i < 5; i += 1) {
  let cpu;
  const page = await open('map', async (fresh) => { cpu = await cpuOf(fresh); });
  await page.waitForSelector('.map[data-idle=yes]');
  cpus.push(await cpu());
  pictures.push(await page.evaluate(() => Math.round(performance.getEntriesByName('karvan first map')[0].startTime)));
  firsts.push(await page.evaluate(() => Math.round(performance.now())));
  bytes = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, one) => sum + one.encodedBodySize, 0));
  await page.context().close();
}
tell('first map', {median_ms: median(pictures), least_ms: Math.min(...pictures), complete_median_ms: median(firsts), complete_least_ms: Math.min(...firsts), cpu_ms_of_main_thread: median(cpus), kB_fetched: Math.round(bytes / 1000)});

// A slider let go: until the changed quarter stands beside the unchanged one.
{
  const page = await open('whatif');
  const isQuiet = () => page.waitForFunction(() => document.querySelector('.results table') && !document.querySelector('.now .progress'));
  await isQuiet();
  const answers = () => page.evaluate(() => performance.getEntriesByName('karvan first answer').map((one) => Math.round(one.duration)));
  const sliders = [['Demand', '1.2'], ['Storms on the Caspian', '1.5'], ['Container feeders', '2'], ['Number of cranes', '2'],
    ['Time of ships at berth', '0.8'], ['Queues at borders', '2']];
  for (const [label, value] of sliders) {
    const before = (await answers()).length;
    await page.getByLabel(label).evaluate((input, to) => {
      input.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
      input.value = to;
      input.dispatchEvent(new Event('input', {bubbles: true}));
      input.dispatchEvent(new Event('change', {bubbles: true}));
    }, value);
    await page.waitForFunction((n) => performance.getEntriesByName('karvan first answer').length > n, before);
    await isQuiet();
  }
  const all = await answers();
  tell('first what-if answer', Object.fromEntries(sliders.map(([label], i) => [label, all[i]])));
  await page.context().close();
}

// Frames of the play, as it is and with every trip several times, so that more than 5,000 things move:
// the page is given a worker whose trips are copied on their way.
for (const copies of [1, 5]) {
  const page = await open('map');
  await page.evaluate((n) => {
    const copied = (trips) => {
      const all = new Uint32Array(trips.length * n);
      for (let k = 0; k < n; k += 1) all.set(trips, k * trips.length);
      return all;
    };
    const Plain = globalThis.Worker;
    globalThis.Worker = class extends Plain {
      set onmessage(hear) {
        super.onmessage = (event) => hear({data: event.data.reply instanceof Uint32Array ? {...event.data, reply: copied(event.data.reply)} : event.data});
      }
    };
  }, copies);
  await page.evaluate(() => { location.hash = 'play'; });
  await page.getByRole('button', {name: 'Simulate and play'}).click();
  await page.getByRole('button', {name: 'Pause'}).waitFor();
  await page.waitForSelector('.map[data-idle=yes]');
  await page.waitForTimeout(1500);
  const cpu = await cpuOf(page);
  const before = await cpu();
  const drawnBefore = await cpuOfDrawing();
  // Frames are those that were drawn, not those that could have been.
  await page.evaluate(() => {
    globalThis.drawn = 0;
    const plain = WebGL2RenderingContext.prototype.drawArrays;
    WebGL2RenderingContext.prototype.drawArrays = function (...how) {
      globalThis.drawn += 1;
      return plain.apply(this, how);
    };
  });
  const seen = await page.evaluate(() => new Promise((done) => {
    const begin = performance.now();
    const first = globalThis.drawn;
    const moving = () => [...document.querySelectorAll('.side li')].reduce((n, one) => n + (Number.parseInt(one.innerText.replaceAll(',', ''), 10) || 0), 0);
    setTimeout(() => {
      const frames = globalThis.drawn - first;
      done({things: moving(), frames, frames_a_second: Number((frames / ((performance.now() - begin) / 1000)).toFixed(1))});
    }, 5000);
  }));
  const perFrame = (cpu) => Number((cpu / seen.frames).toFixed(2));
  tell('play', {...seen, cpu_ms_a_frame: perFrame(await cpu() - before), drawing_cpu_ms_a_frame: perFrame(await cpuOfDrawing() - drawnBefore)});
  await page.context().close();
}
await browser.close();
server.kill('SIGTERM');
await new Promise((done) => server.on('exit', done));
rmSync(work, {recursive: true, force: true});
