// A plan question as the form holds it, as an address carries it, as the engine reads it.
import {asLines} from '../engine/engine.js';

export interface Rule {
  how: 'avoid' | 'only' | 'require';
  what: 'mode' | 'country' | 'place' | 'operator' | 'service' | 'regime';
  code: string;
}
export interface Booked {
  service: string;
  departs_on: string;
  load_unit: string;
  units: number;
}
export interface Ask {
  from: string;
  to: string;
  goods: string;
  quantity: number;
  unit: string;
  depart: string;
  scenario: string;
  avoid: string[]; // war sanctions road
  // What is rarely asked; empty: not.
  also_from: string[];
  also_to: string[];
  k_best: number | null;
  by: string; // cost arrival co2e
  policy: boolean;
  deadline: string;
  hard_deadline: boolean;
  arrive_by: string;
  papers_from: string;
  window: number | null; // days
  days_max: number | null;
  via: string[];
  rules: Rule[];
  transshipments_max: number | null;
  budget: number | null; // USD
  tolerance_percent: number | null;
  load_unit: string;
  hired_from: string; // operator
  as_planned: boolean;
  save_storage: boolean;
  ignore_risk: boolean;
  booked: Booked[];
}

export const kFirstAsk: Ask = {
  from: 'xian', to: 'constanta', goods: 'machinery', quantity: 80, unit: 'TEU', depart: '2026-03-02', scenario: 'base', avoid: [],
  also_from: [], also_to: [], k_best: null, by: 'cost', policy: false, deadline: '', hard_deadline: false, arrive_by: '', papers_from: '', window: null, days_max: null,
  via: [], rules: [], transshipments_max: null, budget: null, tolerance_percent: null, load_unit: '', hired_from: '', as_planned: false, save_storage: false, ignore_risk: false, booked: [],
};
const kTexts = ['deadline', 'arrive_by', 'papers_from', 'load_unit', 'hired_from', 'by'] as const;
const kNumbers = ['k_best', 'window', 'days_max', 'transshipments_max', 'budget', 'tolerance_percent'] as const;
const kFlags = ['policy', 'hard_deadline', 'as_planned', 'save_storage', 'ignore_risk'] as const;
const kLists = ['also_from', 'also_to', 'via'] as const;
export const kHows = ['avoid', 'only', 'require'] as const;
export const kWhats = ['mode', 'country', 'place', 'operator', 'service', 'regime'] as const;
// Places and regimes can be avoided only.
export const hasRule = (how: string, what: string) => how === 'avoid' || (what !== 'place' && what !== 'regime');

export const isMany = (ask: Ask) => ask.also_from.length > 0 || ask.also_to.length > 0;
export const hasWindow = (ask: Ask) => ask.arrive_by !== '' || Boolean(ask.window);
// What the planner does not rank, or knows no policy for.
export const canRank = (ask: Ask) => !isMany(ask) && !hasWindow(ask);
export const canHavePolicy = (ask: Ask) => canRank(ask) && ask.budget === null && ask.papers_from === '';

// How many of the rarely asked things are.
export function countRare(ask: Ask): number {
  const lists = [ask.also_from, ask.also_to, ask.via, ask.rules, ask.booked].filter((one) => one.length > 0).length;
  const texts = [ask.deadline, ask.arrive_by, ask.papers_from, ask.load_unit, ask.hired_from].filter((one) => one !== '').length;
  return lists + texts + kNumbers.filter((key) => ask[key] !== null).length + kFlags.filter((key) => ask[key]).length;
}

export function toAddress(ask: Ask): string {
  const all = new URLSearchParams();
  for (const key of ['from', 'to', 'goods', 'quantity', 'unit', 'depart', 'scenario'] as const) all.set(key, String(ask[key]));
  for (const one of ask.avoid) all.append('avoid', one);
  for (const key of kTexts) if (ask[key] !== kFirstAsk[key]) all.set(key, ask[key]);
  for (const key of kNumbers) if (ask[key] !== null) all.set(key, String(ask[key]));
  for (const key of kFlags) if (ask[key]) all.set(key, 'yes');
  for (const key of kLists) for (const one of ask[key]) all.append(key, one);
  for (const {how, what, code} of ask.rules) all.append(`${how}_${what}`, code);
  for (const one of ask.booked) all.append('booked', [one.service, one.departs_on, one.load_unit, one.units].join(','));
  return all.toString();
}

export function fromAddress(query: string): Ask {
  const all = new URLSearchParams(query);
  const ask: Ask = {...kFirstAsk, avoid: all.getAll('avoid'), rules: [], booked: []};
  for (const key of ['from', 'to', 'goods', 'unit', 'depart', 'scenario', ...kTexts] as const) ask[key] = all.get(key) ?? kFirstAsk[key];
  ask.quantity = Number(all.get('quantity')) || kFirstAsk.quantity;
  for (const key of kNumbers) {
    const text = all.get(key);
    ask[key] = text && Number.isFinite(Number(text)) ? Number(text) : null;
  }
  for (const key of kFlags) ask[key] = all.get(key) === 'yes';
  for (const key of kLists) ask[key] = all.getAll(key);
  for (const how of kHows) {
    for (const what of kWhats) {
      if (hasRule(how, what)) ask.rules.push(...all.getAll(`${how}_${what}`).map((code) => ({how, what, code})));
    }
  }
  for (const text of all.getAll('booked')) {
    const [service = '', departs_on = '', load_unit = '', units = ''] = text.split(',');
    ask.booked.push({service, departs_on, load_unit, units: Number(units) || 0});
  }
  return ask;
}

// The lines of one that goes from each of its origins, without where to.
function lines(ask: Ask): Record<string, unknown> {
  const named = (how: string, what: string) => ask.rules.filter((one) => one.how === how && one.what === what).map((one) => one.code);
  const yes = (flag: boolean) => (flag ? 'yes' : undefined);
  const all: Record<string, unknown> = {
    goods: ask.goods, quantity: ask.quantity, unit: ask.unit, depart: ask.depart, papers_from: ask.papers_from, load_unit: ask.load_unit, hired_from: ask.hired_from, via: ask.via,
    transshipments_max: ask.transshipments_max, budget: ask.budget, save_storage: yes(ask.save_storage), ignore_risk: yes(ask.ignore_risk), avoid_risk: ask.avoid.filter((one) => one !== 'road'),
  };
  for (const how of kHows) {
    for (const what of kWhats) if (hasRule(how, what)) all[`${how}_${what}`] = named(how, what);
  }
  if (ask.avoid.includes('road')) all.avoid_mode = [...named('avoid', 'mode').filter((one) => one !== 'road'), 'road'];
  return all;
}

export function toQuestion(ask: Ask): string {
  const isRanked = canRank(ask) && ask.k_best !== null;
  const isHard = ask.hard_deadline && ask.deadline !== '' && ask.arrive_by === '';
  return asLines({
    ...lines(ask), from: [ask.from, ...ask.also_from], to: [ask.to, ...ask.also_to], deadline: ask.deadline, arrive_by: ask.arrive_by,
    // With a time to be there the day of leaving is sought.
    depart: ask.arrive_by === '' ? ask.depart : undefined, step: ask.arrive_by === '' ? undefined : 24,
    window: ask.arrive_by === '' ? ask.window : undefined, days_max: ask.arrive_by !== '' && ask.days_max === null ? 60 : ask.days_max,
    tolerance_percent: ask.tolerance_percent, hard_deadline: isHard ? 'yes' : undefined, as_planned: ask.as_planned ? 'yes' : undefined,
    k_best: isRanked ? ask.k_best : undefined, by: isRanked ? ask.by : undefined, policy: ask.policy && canHavePolicy(ask) ? 'yes' : undefined,
  });
}

// All places within so many days, every connection taken as made.
export function toReach(ask: Ask, days: number): string {
  return asLines({...lines(ask), from: ask.from, days_max: days, as_planned: 'yes'});
}

// What others have booked, as the engine takes it; nothing where no row is whole.
export function toBooked(ask: Ask): string | undefined {
  const rows = ask.booked.filter((one) => one.service && one.departs_on && one.load_unit && one.units > 0);
  if (rows.length === 0) return undefined;
  return `service,departs_on,load_unit,units\n${rows.map((one) => `${one.service},${one.departs_on},${one.load_unit},${one.units}\n`).join('')}`;
}
