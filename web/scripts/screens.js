// Pictures of the views for docs/screens, of build/web in a headless Chromium, at two widths and in both
// themes; minutes.
//   node scripts/screens.js [VIEW...]    of map, plan, chain, play, whatif, data; all if none is named
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Browser, kRoot, mapIsDrawn} from '../test/browser.js';

const kQuality = 0.82;
const kLong = {timeout: 400_000};

const views = {
  async play({page, goto}) {
    await goto('play');
    await mapIsDrawn(page);
    await page.getByLabel('Days').fill('30');
    await page.getByRole('button', {name: 'Simulate and play'}).click();
    await page.getByRole('button', {name: 'Pause'}).waitFor(kLong);
    await page.getByText('Jan 4, 2026').waitFor();
    await page.getByRole('button', {name: 'Pause'}).click();
  },
  async map({page, goto}) {
    await goto('map');
    await mapIsDrawn(page);
    await page.getByLabel('Show what flows').check();
    await page.getByText(/The widest line carries/).waitFor(kLong);
    await page.waitForTimeout(2000);
  },
  async plan({page, goto}) {
    await goto('plan');
    await page.locator('.option').nth(3).waitFor();
    await page.getByText('Half of all such shipments').waitFor();
    await mapIsDrawn(page);
    await page.waitForTimeout(1000);
  },
  // The rest of the same view: the chosen way step by step.
  async chain({page, goto}) {
    await views.plan({page, goto});
    await page.locator('.detail').scrollIntoViewIfNeeded();
    await page.locator('.detail').evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(500);
  },
  async whatif({page, goto}) {
    await goto('whatif?cranes=2');
    await page.getByRole('button', {name: 'Keep and compare'}).click(kLong);
    await page.getByLabel('Name').fill('More cranes');
    await page.keyboard.press('Tab');
    await page.getByLabel('Storms on the Caspian').fill('1.8');
    await page.waitForURL(/storms=1.8/);
    await page.getByText('Runs: 4 ').waitFor(kLong);
    await page.evaluate(() => document.activeElement?.blur());
  },
  async data({page, goto}) {
    await goto('data?table=berths');
    await page.getByText('What depends on these numbers?').click();
    await page.getByRole('button', {name: 'Find out'}).click();
    await page.getByText(/^(\d+) of \1 numbers moved/).waitFor(kLong);
    await page.getByRole('button', {name: 'Find out'}).waitFor(kLong);
  },
};

// As WebP, by the browser itself.
async function webp(page, png) {
  const text = await page.evaluate(async ([source, quality]) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
    const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', quality);
  }, [png.toString('base64'), kQuality]);
  return Buffer.from(text.split(',')[1], 'base64');
}

const browser = await Browser.open();
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(views);
for (const theme of ['light', 'dark']) {
  for (const [width, height] of [[1280, 800], [400, 860]]) {
    const view = await browser.page({width, height, theme});
    const painter = await (await browser.chromium.newContext()).newPage();
    for (const name of wanted) {
      await views[name](view);
      const file = join(kRoot, `docs/screens/${name}-${theme}-${width}.webp`);
      writeFileSync(file, await webp(painter, await view.page.screenshot()));
      console.log(file);
    }
    if (view.faults.length > 0) throw new Error(view.faults.join('\n'));
    await view.page.context().close();
    await painter.context().close();
  }
}
await browser.close();
