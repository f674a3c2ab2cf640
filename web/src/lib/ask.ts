// A plan question as the form holds it, as an address carries it, as the engine reads it.
import {asLines} from '../engine/engine.js';

export interface Ask {
  from: string;
  to: string;
  goods: string;
  quantity: number;
  unit: string;
  depart: string;
  scenario: string;
  avoid: string[]; // war sanctions road
}

export const kFirstAsk: Ask = {
  from: 'xian', to: 'constanta', goods: 'machinery', quantity: 80, unit: 'TEU', depart: '2026-03-02', scenario: 'base', avoid: [],
};

export function toAddress(ask: Ask): string {
  const all = new URLSearchParams();
  for (const [key, value] of Object.entries(ask)) {
    if (Array.isArray(value)) value.forEach((one) => all.append(key, one));
    else all.set(key, String(value));
  }
  return all.toString();
}

export function fromAddress(query: string): Ask {
  const all = new URLSearchParams(query);
  const text = (key: keyof Ask) => all.get(key) ?? String(kFirstAsk[key]);
  return {
    from: text('from'), to: text('to'), goods: text('goods'), quantity: Number(text('quantity')) || kFirstAsk.quantity, unit: text('unit'),
    depart: text('depart'), scenario: text('scenario'), avoid: all.getAll('avoid'),
  };
}

export function toQuestion(ask: Ask): string {
  return asLines({
    from: ask.from, to: ask.to, goods: ask.goods, quantity: ask.quantity, unit: ask.unit, depart: ask.depart,
    avoid_risk: ask.avoid.filter((one) => one !== 'road'), avoid_mode: ask.avoid.filter((one) => one === 'road'),
  });
}
