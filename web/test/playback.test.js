// What moves when, against a search through all trips; tables as the page reads them.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseCsv} from '../src/lib/csv.js';
import {mercator, Trips, Way} from '../src/lib/playback.js';

test('records keep quotes, commas and line ends in their cells', () => {
  assert.deepEqual(parseCsv('id,note\r\na,"x, ""y""\nz"\n\nb,\n'), [['id', 'note'], ['a', 'x, "y"\nz'], ['b', '']]);
});

test('a share of a way lies so far along it', () => {
  const way = new Way([[0, 0], [10, 0], [10, 5]]);
  const out = {x: 0, y: 0};
  way.at(0, out);
  assert.deepEqual([out.x, out.y], mercator(0, 0));
  way.at(1, out);
  assert.deepEqual([out.x, out.y], mercator(10, 5));
  way.at(0.5, out);
  assert.ok(out.x > 0.5 && out.x < mercator(10, 0)[0]);
  new Way([[3, 4]]).at(0.7, out);
  assert.deepEqual([out.x, out.y], mercator(3, 4));
});

test('what moves at a second is what a search finds', () => {
  const from = 1_767_225_600;
  const numbers = [];
  let seed = 7;
  const draw = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 500; ++i) {
    const depart = from - 86400 * 3 + draw(86400 * 20);
    numbers.push(depart, depart + 1 + draw(86400 * 6), 0, 1, 2, i, 1000);
  }
  const trips = new Trips(Uint32Array.from(numbers), from, from + 86400 * 14);
  for (let k = 0; k < 60; ++k) {
    const second = from + draw(86400 * 14);
    const seen = new Set();
    trips.movingAt(second, (i, share) => {
      assert.ok(share >= 0 && share < 1);
      seen.add(i);
    });
    const expected = new Set();
    for (let i = 0; i < trips.size; ++i) {
      if (trips.depart(i) <= second && second < trips.arrive(i)) expected.add(i);
    }
    assert.deepEqual([...seen].sort(), [...expected].sort());
  }
});
