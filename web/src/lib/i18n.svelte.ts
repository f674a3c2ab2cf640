// Words of the page: one file for each language; what a language lacks is said in English.
import en from '../messages/en.json';

export type Key = keyof typeof en;
type Messages = Partial<Record<Key, string>>;

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
  const text = messages[key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// Words of the engine: a mode, a kind of facility; where the messages have none, their own name.
function named(prefix: string, code: string): string {
  const key = `${prefix}_${code}`;
  return key in en ? t(key as Key) : code.replaceAll('_', ' ');
}
export const modeName = (mode: string) => named('mode', mode);
export const facilityKind = (kind: string) => named('facility', kind);
