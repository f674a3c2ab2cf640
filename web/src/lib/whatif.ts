// What sliders and switches say, as a scenario's text: the same operations that files are written in.
import type {Corridor} from './corridor';

export type Slider = 'demand' | 'storms' | 'border' | 'feeders' | 'cranes' | 'turnround';
interface Scale {
  table: string;
  where: string;
  column: string;
  most?: number; // the end of the column's range, where a slider reaches it
}
// What a slider multiplies. Rows are those that the schema's columns name, never single ids, so that
// the sliders fit any corridor.
const kScales: Record<Slider, Scale> = {
  demand: {table: 'demand', where: '', column: 'quantity'},
  storms: {table: 'weather', where: 'storm = "caspian"', column: 'closed_share', most: 0.95},
  border: {table: 'crossing_steps', where: 'kind = "queue"', column: 'hours'},
  feeders: {table: 'vessels', where: 'kind = "container_feeder"', column: 'count'},
  cranes: {table: 'cranes', where: '', column: 'count'},
  turnround: {table: 'berths', where: '', column: 'turnround_hours'},
};
export const kSliders = Object.keys(kScales) as Slider[];
// Sliders whose number is whole, so that a factor must leave it so.
export const kSteps: Record<Slider, {least: number; most: number; step: number}> = {
  demand: {least: 0.5, most: 2, step: 0.05},
  storms: {least: 0, most: 2.5, step: 0.1},
  border: {least: 0.2, most: 3, step: 0.1},
  feeders: {least: 1, most: 4, step: 1},
  cranes: {least: 1, most: 4, step: 1},
  turnround: {least: 0.5, most: 2, step: 0.1},
};

export interface Change {
  start: string; // the scenario it changes
  switches: string[]; // scenarios whose operations are added
  factors: Record<Slider, number>;
}
export const unchanged = (start: string): Change => ({
  start, switches: [], factors: {demand: 1, storms: 1, border: 1, feeders: 1, cranes: 1, turnround: 1},
});
export const isChanged = (change: Change) => change.switches.length > 0 || kSliders.some((one) => change.factors[one] !== 1);

// In an address and in what the browser keeps: only what differs.
export function toQuery(change: Change): string {
  const all = new URLSearchParams({start: change.start});
  for (const slider of kSliders) {
    if (change.factors[slider] !== 1) all.set(slider, String(change.factors[slider]));
  }
  change.switches.forEach((one) => all.append('also', one));
  return all.toString();
}
// What does not fit the corridor or a slider is left as it was.
export function fromQuery(corridor: Corridor, query: string): Change {
  const all = new URLSearchParams(query);
  const known = (name: string) => corridor.scenarios.some((one) => one.name === name);
  const start = all.get('start') ?? 'base';
  const change = unchanged(known(start) ? start : 'base');
  for (const slider of kSliders) {
    const factor = Number(all.get(slider) ?? 1);
    const {least, most} = kSteps[slider];
    if (factor >= least && factor <= most) change.factors[slider] = factor;
  }
  change.switches = all.getAll('also').filter(known);
  return change;
}

export function scenarioText(corridor: Corridor, change: Change, name: string): string {
  const body = change.switches.map((one) => {
    const text = corridor.scenarios.find((scenario) => scenario.name === one)?.text ?? '';
    const first = text.indexOf('[[');
    return first < 0 ? '' : text.slice(first);
  });
  for (const slider of kSliders) {
    const factor = change.factors[slider];
    if (factor === 1) continue;
    const {table, where, column, most} = kScales[slider];
    const beyond = most === undefined ? [] : rowsBeyond(corridor, table, column, factor, most).filter((row) => !where || where === `storm = "${row.storm}"`);
    if (beyond.length > 0) {
      // Those that would leave the range stop at its end; dividing first keeps the scale below in it.
      const ids = beyond.map((row) => `"${row.id}"`).join(', ');
      body.push(`[[change]]\ntable = "${table}"\nid = [${ids}]\nset = { ${column} = ${most! / factor} }\n`);
    }
    body.push(`[[scale]]\ntable = "${table}"\nwhere = { ${where || everyRow(corridor, table)} }\ncolumn = "${column}"\nfactor = ${factor}\n`);
  }
  return `name = "${name}"\ntitle = "Changed"\ndescription = "Made in the page."\nparent = "${change.start}"\n\n${body.join('\n')}`;
}

function rowsBeyond(corridor: Corridor, table: string, column: string, factor: number, most: number) {
  return corridor.table(table).rows.filter((row) => Number(row[column]) * factor > most);
}

// A condition that all rows meet: one of the confidences.
function everyRow(corridor: Corridor, table: string): string {
  const levels = [...new Set(corridor.table(table).rows.map((row) => row.confidence))];
  return `confidence = [${levels.map((one) => `"${one}"`).join(', ')}]`;
}
