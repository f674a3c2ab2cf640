// The figures by which worlds are compared, as a table for the screen, a workbook and a report.
import type {Estimates, RunAnswer} from '../engine/answers';
import {number, tonnes} from './format';
import {t, type Key} from './i18n.svelte';

const kMarket = 'market/TITR containers';
export interface Compared {
  key: Key;
  name: string;
  unit: string;
  text: (value: number) => string;
  good: number; // 1: more is better
}
export const kCompared: Compared[] = [
  {key: 'fig_delivered', name: 'corridor/delivered_t', unit: 't', text: tonnes, good: 1},
  {key: 'fig_containers', name: `${kMarket}/delivered_teu`, unit: 'TEU', text: (v) => `${number(v)} TEU`, good: 1},
  {key: 'fig_transit', name: `${kMarket}/transit_mean_h`, unit: 'h', text: (v) => `${number(v / 24, 1)} ${t('unit_days')}`, good: -1},
  {key: 'fig_transit_p95', name: `${kMarket}/transit_p95_h`, unit: 'h', text: (v) => `${number(v / 24, 1)} ${t('unit_days')}`, good: -1},
  {key: 'fig_late', name: `${kMarket}/late_share`, unit: '1', text: (v) => `${number(v * 100, 1)} %`, good: -1},
  {key: 'fig_cost', name: `${kMarket}/usd_per_t`, unit: 'USD/t', text: (v) => `$${number(v, 1)}/t`, good: -1},
  {key: 'fig_co2', name: `${kMarket}/kg_co2e_per_t`, unit: 'kg/t', text: (v) => `${number(v, 1)} kg/t`, good: -1},
  {key: 'fig_waiting', name: 'corridor/short_t_h', unit: 't·h', text: (v) => `${number(v / 1e6, v >= 1e8 ? 0 : 2)} Mt·h`, good: -1},
];

// What is told of a world after each run.
export const kWatched = [...kCompared.map((one) => one.name), 'facility/*/share_of_short'];

// Where capacity is short, as shares of all waiting, the most first: means over the runs so far.
export interface Shortage {
  name: string;
  kind: string;
  share: number;
}
export function shortages(told: Estimates | undefined, first: RunAnswer | undefined): Shortage[] {
  return (first?.facilities ?? []).map(({code, name, kind, share_of_short}) =>
    ({name, kind, share: mean(told, `facility/${code}/share_of_short`) ?? share_of_short}))
    .sort((a, b) => b.share - a.share);
}
export const worst = (all: Shortage[], most: number) => all.filter((one) => one.share > 0 && one.kind !== 'pipeline').slice(0, most);

export const mean = (told: Estimates | undefined, name: string) => told?.figures[name]?.[0];
export const half = (told: Estimates | undefined, name: string) => told?.figures[name]?.[1];

export interface Difference {
  percent: number;
  half?: number; // of its 95 % interval, in percent
  verdict: 'good' | 'bad' | 'chance' | 'unknown';
}
export function difference(basis: Estimates | undefined, paired: Estimates | undefined, figure: Compared): Difference | undefined {
  const base = mean(basis, figure.name);
  const gap = mean(paired, figure.name);
  if (!base || gap === undefined) return undefined;
  const sure = half(paired, figure.name);
  const verdict = sure === undefined ? 'unknown' : Math.abs(gap) <= sure ? 'chance' : gap * figure.good > 0 ? 'good' : 'bad';
  return {percent: (gap / base) * 100, half: sure === undefined ? undefined : Math.abs(sure / base) * 100, verdict};
}
export function differenceText(one: Difference): string {
  const percent = Math.round(one.percent * 10) / 10;
  return `${percent > 0 ? '▲ +' : percent < 0 ? '▼ ' : ''}${number(percent === 0 ? 0 : percent, 1)} %`;
}
