// Every language says all that English says, in its own letters, and fills the same blanks.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';

const folder = new URL('../src/messages/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const blanks = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
const english = read('en.json');

// Letters that a text of the language cannot do without.
const kLetters = {
  az: /[əışğçöü]/, ka: /[ა-ჰ]/, kk: /[әғқңөұүһі]/, ru: /[ыэъё]/, tr: /[ışğçöü]/, uk: /[їієґ]/, zh: /[\u4e00-\u9fff]/,
};

test('there are the languages of the corridor', () => {
  assert.deepEqual(readdirSync(folder).sort(), ['en.json', ...Object.keys(kLetters).map((one) => `${one}.json`)].sort());
});
for (const [language, letters] of Object.entries(kLetters)) {
  test(`${language} says all that English says`, () => {
    const messages = read(`${language}.json`);
    assert.deepEqual(Object.keys(messages), Object.keys(english));
    for (const [key, text] of Object.entries(messages)) {
      assert.deepEqual(blanks(text), blanks(english[key]), key);
      assert.ok(text.trim() !== '', key);
    }
    const foreign = Object.entries(messages).filter(([key, text]) => text === english[key] && text.replace(/\{\w+\}/g, '').length > 9 && !/CO2e|P95|xlsx|HTML/.test(text));
    assert.deepEqual(foreign, [], 'left in English');
    const own = Object.values(messages).filter((text) => letters.test(text)).length;
    assert.ok(own > Object.keys(english).length / 4, `${own} texts have letters of the language`);
  });
}
