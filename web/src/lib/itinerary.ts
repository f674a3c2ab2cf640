// What is drawn of an itinerary: its stretches in time, its prices, what it is best at.
import type {Itinerary} from '../engine/answers';
import type {Corridor} from './corridor';
import {instant, words} from './format';

export type StretchKind = 'ride' | 'work' | 'border' | 'wait';
export interface Stretch {
  kind: StretchKind;
  mode?: string;
  begin: number;
  end: number;
  beginText: string;
  endText: string;
  where: string;
  what: string;
}

// In order of time; borders lie over the ride that passes them.
export function stretches(corridor: Corridor, way: Itinerary): Stretch[] {
  const all: Stretch[] = [];
  const add = (kind: StretchKind, begin: string, end: string, where: string, what: string, mode?: string) => {
    if (instant(end) > instant(begin)) {
      all.push({kind, mode, begin: instant(begin), end: instant(end), beginText: begin, endText: end, where, what});
    }
  };
  way.handling.forEach((work, i) => {
    const where = corridor.placeName(work.place);
    add('work', work.begin, work.end, where, words(work.what));
    const leg = way.legs[i];
    if (!leg) return;
    add('wait', work.end, leg.depart, where, '');
    add('ride', leg.depart, leg.arrive, `${corridor.placeName(leg.from)} – ${corridor.placeName(leg.to)}`, corridor.serviceName(leg.service), leg.mode);
    for (const border of way.crossings.filter((one) => one.leg === i)) {
      add('border', border.begin, border.end, border.name, border.steps.map((step) => words(step.kind)).join(', '));
    }
  });
  return all;
}

export interface Prices {
  transport: number;
  terminals: number;
  borders: number;
  documents: number;
  hire: number;
  discounts: number;
}
export function prices(way: Itinerary): Prices {
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return {
    transport: sum(way.legs.map((one) => one.cost_usd)),
    terminals: sum(way.handling.map((one) => one.cost_usd + one.storage_usd)),
    borders: sum(way.crossings.map((one) => one.cost_usd)),
    documents: sum(way.documents.map((one) => one.cost_usd)),
    hire: way.hire === null ? 0 : way.hire.detention_usd + way.hire.empty_return_usd,
    discounts: -sum(way.through_rates.map((one) => one.discount_usd)),
  };
}

export type Criterion = 'duration' | 'cost' | 'co2e' | 'connections';
export const kCriteria: Criterion[] = ['duration', 'cost', 'co2e', 'connections'];
export function valueOf(way: Itinerary, criterion: Criterion): number {
  if (criterion === 'duration') return way.duration_hours;
  if (criterion === 'cost') return way.cost_usd;
  return criterion === 'co2e' ? way.co2e_kg : way.probability;
}

export type Tag = 'fastest' | 'cheapest' | 'cleanest' | 'surest';
export interface Praise {
  tag: Tag;
  safe: boolean; // among those without risk, where others bear one
}
const kTagOf: [Tag, (way: Itinerary) => number][] = [
  ['fastest', (way) => way.duration_hours],
  ['cheapest', (way) => way.cost_usd],
  ['cleanest', (way) => way.co2e_kg],
  ['surest', (way) => -way.probability],
];

// For each way what it is best at: the first of its kind, of all and of those without risk.
export function praises(ways: Itinerary[]): Praise[][] {
  const all: Praise[][] = ways.map(() => []);
  const safe = ways.filter((way) => way.risks.length === 0);
  const praise = (among: Itinerary[], isSafe: boolean) => {
    for (const [tag, value] of kTagOf) {
      const best = among.reduce((a, b) => (value(b) < value(a) ? b : a));
      const at = all[ways.indexOf(best)];
      if (!at.some((one) => one.tag === tag)) at.push({tag, safe: isSafe});
    }
  };
  if (ways.length > 0) praise(ways, false);
  if (safe.length > 0 && safe.length < ways.length) praise(safe, true);
  return all;
}
