// The simulated stretch of time that the map and the play show: one run, with what moved in it.
import type {Flow, RunAnswer} from '../engine/answers';
import type {Corridor} from './corridor';
import {t} from './i18n.svelte';
import {Trips} from './playback.js';
import {engine} from './session.svelte';
import {Study, type Span} from './study';

const kDay = 86400;

class Season {
  stage = $state('');
  share = $state(-1);
  fault = $state('');
  scenario = $state('base');
  span = $state.raw<Span>({from: '2026-01-01', days: 90, warm_up_days: 30});
  answer = $state.raw<RunAnswer>();
  flows = $state.raw<Flow[]>([]);
  trips = $state.raw<Trips>();
  begin = $state(0); // seconds since 1970

  get end() {
    return this.begin + this.span.days * kDay;
  }
  async simulate(scenario: string, span: Span): Promise<boolean> {
    if (this.stage) return false;
    this.fault = '';
    let study: Study | undefined;
    try {
      this.stage = t('compiling');
      const one = await engine('simulate');
      one.drop();
      study = new Study(one, scenario, undefined, span);
      await study.compile((progress) => ((this.stage = t('compiling')), (this.share = progress.done)));
      const told = await study.run(0, true, (progress) => ((this.stage = t('running', {n: 1})), (this.share = progress.done)));
      this.flows = await one.flows();
      this.scenario = scenario;
      this.span = span;
      this.begin = Date.parse(`${told.from}T00:00:00Z`) / 1000;
      this.trips = new Trips(await one.trips(), this.begin, this.begin + span.days * kDay);
      this.answer = told;
      return true;
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error);
      return false;
    } finally {
      study?.forget();
      this.stage = '';
      this.share = -1;
    }
  }
}
export const season = new Season();

// Tonnes on each link, of these goods or of all, and what makes them up.
export interface LinkFlow {
  link: string;
  tonnes: number;
  goods: Map<string, number>;
}
export function flowsByLink(corridor: Corridor, flows: Flow[], goods: string, withoutPipelines = false): Map<string, LinkFlow> {
  const all = new Map<string, LinkFlow>();
  for (const flow of flows) {
    if (goods && flow.goods !== goods) continue;
    if (withoutPipelines && corridor.row('services', flow.service)?.mode === 'pipeline') continue;
    for (const link of corridor.linksBetween(flow.service, flow.from, flow.to) ?? []) {
      let one = all.get(link);
      if (!one) all.set(link, (one = {link, tonnes: 0, goods: new Map()}));
      one.tonnes += flow.tonnes;
      one.goods.set(flow.goods, (one.goods.get(flow.goods) ?? 0) + flow.tonnes);
    }
  }
  return all;
}
