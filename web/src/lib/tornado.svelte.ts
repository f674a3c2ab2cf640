// What depends on numbers: each moved alone, down and up, against the same chance as the world
// unmoved (one at a time; the command line's `simulate --sensitivity` moves them together).
import type {Figures} from '../engine/answers';
import type {Backend} from '../engine/backend';
import {asLines} from '../engine/engine.js';
import type {Corridor} from './corridor';
import {kCompared} from './outcome';
import {engine} from './session.svelte';
import {faultOf, Study, type Span} from './study';

export const kTornadoRuns = 2;
const kSpan: Span = {from: '2026-01-01', days: 30, warm_up_days: 15};
const kNames = kCompared.map((one) => one.name);
// What is no quantity of its own.
const kNoQuantity = new Set(['id', 'lon', 'lat', 'sequence', 'year', 'built_year', 'imo', 'un_number', 'hs_chapter', 'nhm', 'month', 'gauge_mm']);

export interface Moved {
  name: string;
  down: Figures; // differences of the figures, 20 % less
  up: Figures;
}
interface Group {
  name: string;
  cells: string[];
}

export class Tornado {
  rows = $state.raw<Moved[]>([]);
  fixed = $state.raw<string[]>([]); // what the rules of the data hold where it is
  base = $state.raw<Figures>({});
  all = $state(0);
  done = $state(0);
  isRunning = $state(false);
  fault = $state('');
  #round = 0;

  async stop() {
    ++this.#round;
    this.isRunning = false;
    (await engine('simulate')).drop();
  }

  // Of a row's numbers, or, without an id, of the numbers that nobody has published in the table.
  async start(corridor: Corridor, table: string, id: string) {
    const mine = ++this.#round;
    const isOld = () => mine !== this.#round;
    this.rows = [];
    this.fixed = [];
    this.fault = '';
    this.all = this.done = 0;
    this.isRunning = true;
    const held: Study[] = [];
    try {
      const one = await engine('simulate');
      one.drop();
      const groups = id ? cellsOf(corridor, table, id) : await assumed(one, table);
      this.all = groups.length;
      const basis = new Study(one, 'base', undefined, kSpan, kNames);
      held.push(basis);
      await complete(basis);
      this.base = basis.estimates?.figures ?? {};
      for (const group of groups) {
        const effects: Figures[] = [];
        for (const factor of [0.8, 1.2]) {
          if (isOld()) return;
          const varied = await one.vary(asLines({factor, cells: group.cells}));
          if (!varied.ok) break;
          const study = Study.of(one, varied.world, kSpan, kNames);
          held.push(study);
          await complete(study);
          const told = await one.differences(basis.case, study.case, kNames);
          if (!told.ok) throw faultOf(told, group.name);
          effects.push(told.figures);
          study.forget();
        }
        if (isOld()) return;
        this.done += 1;
        if (effects.length === 2) this.rows = [...this.rows, {name: group.name, down: effects[0], up: effects[1]}];
        else this.fixed = [...this.fixed, group.name];
      }
    } catch (error) {
      if (!isOld()) this.fault = error instanceof Error ? error.message : String(error);
    } finally {
      held.forEach((study) => study.forget());
      if (!isOld()) this.isRunning = false;
    }
  }
}

async function complete(study: Study) {
  await study.compile();
  for (let run = 0; run < kTornadoRuns; ++run) await study.run(run);
}
async function assumed(one: Backend, table: string): Promise<Group[]> {
  const told = await one.assumed(`${table}.`);
  if (!told.ok) throw faultOf(told, table);
  return told.groups.filter((group) => group.table === table);
}
function cellsOf(corridor: Corridor, table: string, id: string): Group[] {
  const row = corridor.row(table, id) ?? {};
  return Object.entries(row)
    .filter(([column, value]) => !kNoQuantity.has(column) && value !== '' && Number(value) > 0)
    .map(([column]) => ({name: `${id}.${column}`, cells: [`${table}.${id}.${column}`]}));
}
