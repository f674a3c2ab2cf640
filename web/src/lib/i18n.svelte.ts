// Words of the page: one file for each language, each with every message.
import en from '../messages/en.json';

export type Key = keyof typeof en;
type Messages = Record<Key, string>;

const files = import.meta.glob<{default: Messages}>(['../messages/*.json', '!../messages/en.json']);
const kNames: Record<string, string> = {
  en: 'English', ru: 'Русский', kk: 'Қазақша', az: 'Azərbaycanca', ka: 'ქართული', tr: 'Türkçe', uk: 'Українська', zh: '中文',
};
// Those that have a file.
export const kLanguages = Object.entries(kNames).filter(([code]) => code === 'en' || `../messages/${code}.json` in files);

let messages = $state.raw<Messages>(en);
export const language = $state({code: 'en'});

// The first of the reader's languages that there is.
export function usualLanguage(): string {
  const wanted = navigator.languages.map((one) => one.toLowerCase().split('-')[0]);
  return wanted.find((one) => kLanguages.some(([code]) => code === one)) ?? 'en';
}
export async function speak(code: string) {
  const path = `../messages/${code}.json`;
  const known = path in files;
  messages = known ? (await files[path]()).default : en;
  language.code = known ? code : 'en';
  document.documentElement.lang = language.code;
}

// Fills {name} in the message.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = messages[key];
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// Words of the engine: a mode, a kind of facility; where the messages have none, their own name.
function named(prefix: string, code: string): string {
  const key = `${prefix}_${code}`;
  return key in en ? t(key as Key) : code.replaceAll('_', ' ');
}
export const modeName = (mode: string) => named('mode', mode);
export const facilityKind = (kind: string) => named('facility', kind);

// The name of a place as its readers write it, where the data has one in their letters; languages
// that share a script have one of their own only for places of their country.
const kOwnNames: Record<string, {letters: RegExp; country?: string}> = {
  ru: {letters: /[А-яЁё]/}, ka: {letters: /[ა-ჰ]/}, zh: {letters: /[\u4e00-\u9fff]/},
  uk: {letters: /[А-яІЇЄҐіїєґ]/, country: 'UA'}, kk: {letters: /[ӘҒҚҢӨҰҮҺәғқңөұүһ]/, country: 'KZ'},
  az: {letters: /[^\x00-\x7f]/, country: 'AZ'}, tr: {letters: /[^\x00-\x7f]/, country: 'TR'},
};
export function localName(row: Record<string, string>): string {
  const own = kOwnNames[language.code];
  if (!own || (own.country && own.country !== row.country)) return row.name;
  return row.other_names.split(';').map((one) => one.trim()).find((one) => own.letters.test(one)) ?? row.name;
}
