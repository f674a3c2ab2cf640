// The page as people use it, in one headless Chromium, from a folder of static files. Any word on
// the console, lacking file, foreign host, blank map or serious finding of axe fails.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {Browser, builtFile, mapColors, mapIsDrawn, serveKarvan} from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser;
before(async () => (browser = await Browser.open()));
after(() => browser?.close());

// Injected past the page's own policy, which forbids foreign scripts.
async function seriousFindings(page) {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => globalThis.axe.run(document));
  return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ').slice(0, 300)}`);
}
async function isSound({page, faults}) {
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(faults, []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the window');
  await page.context().close();
}

test('first view: all that is fetched before anybody touches it has less than 900 kB gzipped', async () => {
  const view = await browser.page();
  const fetched = new Set();
  view.page.on('request', (request) => request.url().startsWith('http') && fetched.add(new URL(request.url()).pathname));
  await view.goto('map');
  await mapIsDrawn(view.page);
  await view.page.waitForLoadState('networkidle');
  const sizes = [...fetched].map((path) => [path, gzipSync(builtFile(path), {level: 9}).length]);
  const sum = sizes.reduce((all, [, size]) => all + size, 0);
  assert.ok(sizes.some(([path]) => path.includes('maplibre')) && sizes.some(([path]) => path.includes('base-map')));
  assert.ok(!sizes.some(([path]) => path.endsWith('.wasm')), 'the engine is fetched when it is needed');
  assert.ok(sum < 900_000, `${sum} bytes: ${JSON.stringify(sizes)}`);
  await isSound(view);
});

for (const [width, theme] of [[1280, 'light'], [400, 'dark']]) {
  test(`map, ${width} wide, ${theme}: places are found, panels tell their sources`, async () => {
    const view = await browser.page({width, theme});
    await view.goto('map');
    await mapIsDrawn(view.page);
    assert.ok((await mapColors(view.page)) > 50);
    await view.page.getByRole('searchbox').fill('aktau');
    await view.page.keyboard.press('Enter');
    const panel = view.page.getByRole('complementary');
    await panel.getByRole('heading', {name: 'Aktau', exact: true}).waitFor();
    assert.match(await panel.innerText(), /sources/);
    await isSound(view);
  });
}

test('languages: every view in each, named to browsers, places in the letters of their readers', async () => {
  const view = await browser.page({width: 400});
  const {page} = view;
  await view.goto('map');
  await mapIsDrawn(page);
  const heads = new Set();
  for (const code of ['ru', 'kk', 'az', 'ka', 'tr', 'uk', 'zh', 'en']) {
    await page.locator('header select').first().selectOption(code);
    await page.waitForFunction((code) => document.documentElement.lang === code, code);
    heads.add(await page.locator('nav').innerText());
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${code}: wider than the window`);
  }
  assert.equal(heads.size, 8);
  await page.locator('header select').first().selectOption('ru');
  await page.getByRole('searchbox').fill('aktau');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').getByRole('heading', {name: 'Актау', exact: true}).waitFor();
  await page.reload();
  await page.waitForFunction(() => document.documentElement.lang === 'ru');
  await isSound(view);
});

test('plan: options, chart, chain, why not, a link that shows the same', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('plan');
  await page.locator('.option').first().waitFor();
  assert.ok((await page.locator('.option').count()) > 3);
  await page.locator('.option').nth(1).click();
  await page.getByText('Half of all such shipments').waitFor();
  await page.getByLabel('Why does no way').selectOption('place kuryk');
  await page.getByRole('button', {name: 'Tell me'}).click();
  await page.locator('section p[role=status]').waitFor();
  await page.getByLabel('Quantity').fill('20');
  await page.getByRole('button', {name: 'Find ways'}).click();
  await page.waitForURL(/quantity=20/);
  await page.getByText('20 TEU ·').waitFor();
  const first = await page.locator('.option').first().innerText();
  const again = await browser.page({width: 400, theme: 'dark'});
  await again.page.goto(page.url());
  await again.page.locator('.option').first().waitFor();
  assert.equal(await again.page.locator('.option').first().innerText(), first);
  await mapIsDrawn(again.page);
  await isSound(again);
  await mapIsDrawn(page);
  await isSound(view);
});

test('plan: what is rarely asked is folded, answered, and in the link', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('plan?from=xian&to=constanta&goods=machinery&quantity=20&unit=TEU&depart=2026-03-02&scenario=base');
  await page.locator('.option').first().waitFor();
  const more = page.getByText('More: other answers');
  assert.equal(await page.getByLabel('Or to').isVisible(), false);
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('What to find').selectOption('3');
  await page.getByLabel('Best by').selectOption('arrival');
  await page.getByRole('button', {name: 'Find ways'}).click();
  await page.getByText('The 3 best ways by one criterion').first().waitFor();
  assert.equal(await page.locator('.option').count(), 3);
  await page.waitForURL(/k_best=3/);
  await page.getByLabel('What to find').selectOption('');
  await page.getByLabel('Tell what to do if a connection is missed').check();
  await page.getByLabel('By way of').selectOption('aktau');
  await page.locator('.rule select').last().selectOption('RU');
  await page.getByRole('button', {name: 'Remove: avoid: Russia'}).waitFor();
  await page.getByRole('button', {name: 'Add a booking'}).click();
  const booking = page.getByRole('group', {name: 'Booking 1'});
  await booking.getByLabel('Service').selectOption('kmtf_feeder_aktau_alat');
  await booking.getByLabel('Leaves on').fill('2026-03-12');
  await page.getByRole('button', {name: 'Find ways'}).click();
  const policy = page.locator('section', {hasText: 'If a connection is missed'}).last();
  await policy.getByText('Ready to leave by sea').first().waitFor();
  assert.ok((await policy.locator('tbody tr').count()) > 5);
  const rows = await policy.locator('tbody tr').count();
  await policy.getByRole('button', {name: /^Show \d+ more$/}).first().click();
  assert.ok((await policy.locator('tbody tr').count()) > rows);
  const told = await page.locator('.options').innerText();
  const again = await browser.page({width: 400, theme: 'dark'});
  await again.page.goto(page.url());
  await again.page.getByRole('heading', {name: 'If a connection is missed'}).waitFor();
  await again.page.getByText('4 set').waitFor();
  assert.equal(await again.page.locator('.options').innerText(), told);
  await again.page.getByText('More: other answers').click();
  await mapIsDrawn(again.page);
  await isSound(again);
  await page.getByRole('button', {name: 'Remove: Booking 1'}).click();
  await page.getByLabel('Or to').selectOption('poti');
  await page.getByRole('button', {name: 'Find ways'}).click();
  await page.locator('.option', {hasText: "Xi'an – Poti"}).first().waitFor();
  await page.getByRole('button', {name: "Reach from Xi'an"}).click();
  await page.getByText(/^\d+ places can be reached from Xi'an within 20 days/).waitFor();
  await page.getByText('All places by time').click();
  assert.ok((await page.locator('.reach tbody tr').count()) > 20);
  await mapIsDrawn(page);
  await isSound(view);
});

test('plan: papers that take time are waited for, and told', async () => {
  const view = await browser.page();
  const {page} = view;
  const lane = 'plan?from=almaty&to=poti&goods=copper&quantity=100&unit=t&depart=2026-03-02&scenario=base&tolerance_percent=5';
  await view.goto(lane);
  await page.locator('.option').first().waitFor();
  const atHand = await page.locator('.option').first().innerText();
  await page.getByText('to be applied for by').first().waitFor();
  await page.getByText('More: other answers').click();
  await page.getByLabel('Papers can be applied for from').fill('2026-03-20');
  await page.getByRole('button', {name: 'Find ways'}).click();
  await page.waitForURL(/papers_from=2026-03-20/);
  await page.waitForFunction((old) => document.querySelector('.option') && document.querySelector('.option').innerText !== old, atHand);
  await mapIsDrawn(page);
  await isSound(view);
});

test('plan: hired boxes are paid for until they are back', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('plan?from=xian&to=poti&goods=machinery&quantity=20&unit=TEU&depart=2026-03-02&scenario=base&load_unit=box40');
  await page.locator('.option').first().waitFor();
  await page.getByText('More: other answers').click();
  await page.getByLabel('Load units hired from').selectOption('cr');
  await page.getByRole('button', {name: 'Find ways'}).click();
  await page.waitForURL(/hired_from=cr/);
  await page.locator('.option').first().click();
  await page.getByText(/Back empty at Poti by .*: \$9,000/).waitFor();
  await page.getByText('Hired load units').waitFor();
  await mapIsDrawn(page);
  await isSound(view);
});

test('plan: an option is sent through the simulated corridor', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('plan?from=xian&to=constanta&depart=2026-03-02&deadline=2026-04-01');
  await page.getByRole('button', {name: 'Send it'}).click();
  const row = page.locator('tr', {hasText: 'Simulated, 20 runs'});
  await row.waitFor({timeout: 120_000});
  assert.match(await row.innerText(), /\d+ %/);
  assert.ok((await page.locator('table.legs tbody tr').count()) > 3);
  await page.setViewportSize({width: 400, height: 800});
  assert.deepEqual(await seriousFindings(page), []);
  // Another option has not been sent yet.
  await page.locator('.option').first().click();
  await page.getByRole('button', {name: 'Send it'}).waitFor();
  assert.equal(await row.count(), 0);
  await isSound(view);
});

test('plan: bookings that fit nothing are told as they are', async () => {
  const view = await browser.page({width: 400});
  await view.goto('plan?booked=kmtf_feeder_aktau_alat,2026-03-12,box41,10');
  await view.page.getByRole('alert').waitFor();
  assert.match(await view.page.getByRole('alert').innerText(), /load_unit: box41 is not an id .*box40/);
  await mapIsDrawn(view.page);
  await isSound(view);
});

test('what if: a changed quarter beside the unchanged one, with intervals', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('whatif');
  await page.getByLabel('Demand').fill('1.5');
  await page.getByText('Runs: 2 ').waitFor({timeout: 400_000});
  const delivered = await page.getByRole('row', {name: /^Delivered/}).innerText();
  assert.match(delivered, /▲ \+\d/);
  assert.match(delivered, /±|within chance/);
  const seconds = await page.evaluate(() => performance.getEntriesByName('karvan first answer').at(-1).duration / 1000);
  assert.ok(seconds > 0 && seconds < 60, `first answer after ${seconds} s`);
  await isSound(view);
});

test('what ifs are kept, named, compared, told as workbook and report, and are there again', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('whatif?cranes=2');
  await page.getByRole('button', {name: 'Keep and compare'}).click();
  await page.getByLabel('Name').fill('More <cranes>');
  await page.keyboard.press('Tab');
  await page.getByLabel('Storms on the Caspian').fill('2.5'); // some months reach the end of their range
  await page.waitForURL(/storms=2.5/);
  await page.getByRole('columnheader', {name: 'Changed', exact: true}).waitFor();
  await page.getByText('Runs: 2 ').waitFor({timeout: 400_000});
  const files = {};
  for (const [button, end] of [['Workbook (xlsx)', 'xlsx'], ['Report (HTML)', 'html']]) {
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: button}).click()]);
    assert.ok(got.suggestedFilename().endsWith(end));
    files[end] = readFileSync(await got.path());
  }
  assert.equal(files.xlsx.subarray(0, 2).toString(), 'PK');
  assert.ok(files.xlsx.includes('xl/worksheets/sheet3.xml'));
  const report = files.html.toString();
  assert.match(report, /More &lt;cranes&gt;/);
  assert.match(report, /Storms on the Caspian: × 2\.50/);
  assert.doesNotMatch(report, /<script|src=|NaN|undefined/);
  await page.reload();
  await page.getByRole('columnheader', {name: 'More <cranes>'}).waitFor();
  await page.getByRole('button', {name: 'Delete: More <cranes>'}).click();
  assert.equal(await page.getByRole('columnheader', {name: 'More <cranes>'}).count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem('karvan-what-ifs')), '[]');
  await isSound(view);
});

test('first visit: a tour by keyboard, once', async () => {
  const view = await browser.page({isFirstVisit: true, width: 400});
  const {page} = view;
  await view.goto('map');
  await page.getByRole('dialog', {name: 'Two minutes around Karvan'}).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  const count = Number((await page.getByText(/^1 of \d$/).innerText()).at(-1));
  for (let step = 1; step < count; ++step) {
    await page.keyboard.press(step % 2 ? 'Enter' : 'ArrowRight');
    await page.getByText(`${step + 1} of ${count}`).waitFor();
    const box = await page.getByRole('dialog').boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 400 && box.y + box.height <= 800, JSON.stringify(box));
  }
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({state: 'detached'});
  await page.reload();
  await mapIsDrawn(page);
  await page.waitForTimeout(1000);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await isSound(view);
});

test('map: flows of goods, and what a simulated quarter saw at a place', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('map');
  await mapIsDrawn(page);
  await page.getByLabel('Show what flows').check();
  await page.getByText(/The widest line carries/).waitFor({timeout: 400_000});
  const all = await page.getByText(/The widest line carries/).innerText();
  await page.locator('.flows select').selectOption('machinery');
  await page.waitForFunction((before) => !document.body.innerText.includes(before), all);
  await page.getByRole('searchbox').fill('ceyhan');
  await page.keyboard.press('Enter');
  await page.getByRole('img', {name: /^Tanks: After Baku-Tbilisi-Ceyhan: \d/}).waitFor();
  await page.getByRole('searchbox').fill('aktau');
  await page.keyboard.press('Enter');
  await page.getByText(/Half of the cargo stays/).waitFor();
  await page.getByText('Waiting, week by week').first().waitFor();
  await page.getByRole('img', {name: /^In use, week by week: \d+ %/}).first().waitFor();
  await isSound(view);
});

test('data: what depends on a row is worked out, and can be stopped', async () => {
  const view = await browser.page({theme: 'dark'});
  const {page} = view;
  await view.goto('data?table=berths&filter=aktau_ferry');
  await page.getByText('What depends on these numbers?').click();
  await page.getByRole('button', {name: 'Find out'}).click();
  await page.getByRole('button', {name: 'Stop'}).click();
  const id = await page.locator('tbody tr td').first().innerText();
  await page.locator('details form select').first().selectOption(id);
  await page.getByRole('button', {name: 'Find out'}).click();
  await page.getByText(/^(\d+) of \1 numbers moved/).waitFor({timeout: 400_000});
  await page.getByRole('button', {name: 'Find out'}).waitFor();
  assert.ok((await page.locator('details li').count()) > 1);
  await isSound(view);
});

test('play: trains and ships move over the map', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('play');
  await mapIsDrawn(page);
  await page.getByLabel('Days').fill('14');
  await page.getByRole('button', {name: 'Simulate and play'}).click();
  await page.getByRole('button', {name: 'Pause'}).waitFor();
  for (const kind of ['trains', 'ships']) await page.locator('.side li', {hasText: new RegExp(`${kind} \\d+`)}).waitFor();
  // After the frame that is being drawn: what WebGL paints is gone once it is shown.
  const inked = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => {
    const canvas = document.querySelector('.whole > canvas');
    const copy = Object.assign(document.createElement('canvas'), {width: canvas.width, height: canvas.height});
    const pen = copy.getContext('2d');
    pen.drawImage(canvas, 0, 0);
    done(pen.getImageData(0, 0, copy.width, copy.height).data.filter((value, i) => i % 4 === 3 && value > 0).length);
  })));
  assert.ok(inked > 500, `${inked} pixels drawn`);
  await page.getByRole('button', {name: 'Pause'}).click();
  await isSound(view);
});

test('data: tables are filtered by words and confidence', async () => {
  const view = await browser.page();
  const {page} = view;
  await view.goto('data?table=berths');
  await page.getByLabel('Filter rows').fill('aktau');
  await page.getByText(/of 1?\d rows/).waitFor();
  const all = await page.locator('tbody tr').count();
  await page.getByLabel('Confidence').selectOption('assumed');
  assert.ok((await page.locator('tbody tr').count()) <= all);
  assert.ok(all > 2);
  await isSound(view);
});

// What the comparison says of the change at each number of runs.
const watchRuns = (page) => page.evaluate(() => {
  globalThis.seenRuns = [];
  const look = () => {
    const runs = Number(document.querySelector('.foot')?.innerText.match(/\d+/)?.[0]);
    const text = document.querySelector('td.now')?.innerText;
    if (text && runs !== globalThis.seenRuns.at(-1)?.[0]) globalThis.seenRuns.push([runs, text]);
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
});

test('served by karvan: the server answers as the browser does, to the last digit', async () => {
  const server = await serveKarvan();
  try {
    const view = await browser.page({address: server.address});
    const {page} = view;
    const told = {};
    for (const where of ['browser', 'server']) {
      await view.goto('plan?from=xian&to=constanta&goods=machinery&quantity=20&unit=TEU&depart=2026-03-02&scenario=base&k_best=3&policy=yes&avoid_country=RU&booked=kmtf_feeder_aktau_alat,2026-03-12,box40,10');
      await mapIsDrawn(page);
      await page.locator('header select').first().selectOption(where);
      await page.locator('.option').first().waitFor();
      await page.getByText('Half of all such shipments').waitFor();
      const asked = [await page.locator('.options').innerText(), await page.locator('section', {hasText: 'If a connection is missed'}).last().innerText()];
      await page.getByRole('button', {name: "Reach from Xi'an"}).click();
      await page.getByText('All places by time').click();
      asked.push(await page.locator('.reach').innerText());
      await view.goto('plan');
      await page.locator('.option').nth(3).waitFor();
      await page.getByText('Half of all such shipments').waitFor();
      await page.getByLabel('Why does no way').selectOption('place kuryk');
      await page.getByRole('button', {name: 'Tell me'}).click();
      await page.locator('section p[role=status]').waitFor();
      told[where] = [await page.locator('.options').innerText(), await page.locator('.detail').innerText(), ...asked];
      await view.goto('whatif?turnround=0.5');
      await watchRuns(page);
      await page.getByText('Runs: 8').waitFor({timeout: 400_000});
      await page.locator('.now .progress').waitFor({state: 'detached', timeout: 400_000});
      told[where].push(await page.locator('.results table').innerText(), await page.locator('.results .neck', {hasText: 'departures'}).allInnerTexts());
      // Intervals narrow while runs come in, whoever works them out.
      const seen = await page.evaluate(() => globalThis.seenRuns);
      const early = seen.filter(([runs]) => runs > 1 && runs < 8);
      assert.ok(early.length > 1 && new Set(early.map(([, text]) => text)).size > 1, `${where}: ${JSON.stringify(seen)}`);
    }
    assert.deepEqual(told.server, told.browser);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Workbook (xlsx)'}).click()]);
    assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK');
    const asked = await (await fetch(`${server.address}metrics`)).text();
    const stored = Number(/answers_from_store_total (\d+)/.exec(asked)[1]);
    await page.reload(); // the same link, from the store
    await page.getByText('Runs: 8').waitFor();
    await page.locator('.now .progress').waitFor({state: 'detached'});
    assert.equal(await page.locator('.results table').innerText(), told.browser.at(-2));
    const after = Number(/answers_from_store_total (\d+)/.exec(await (await fetch(`${server.address}metrics`)).text())[1]);
    assert.ok(after >= stored + 2, `${after - stored} answers came from the store`);
    await isSound(view);
  } finally {
    await server.close();
  }
});
