// Every language says what English says, or leaves it to English; and fills the same blanks.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

const folder = new URL('../src/messages/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const blanks = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
const english = read('en.json');

for (const name of readdirSync(folder).filter((one) => one !== 'en.json')) {
  test(`${name} knows only keys of en.json and fills the same blanks`, () => {
    for (const [key, text] of Object.entries(read(name))) {
      assert.ok(key in english, `${key} is no key of en.json`);
      assert.deepEqual(blanks(text), blanks(english[key]), key);
    }
  });
}
