// The corridor's tables as the page shows them: rows by their codes, links as lines.
import {parseCsv} from './csv.js';
import {localName} from './i18n.svelte';

export type Row = Record<string, string>;
export type Point = [number, number]; // degrees east and north

// Read when it is first asked for anything: most views need few of the tables.
export class Table {
  #text: string;
  #parsed?: {columns: string[]; rows: Row[]; byId: Map<string, Row>};

  constructor(text: string) {
    this.#text = text;
  }
  get columns() {
    return this.#read().columns;
  }
  get rows() {
    return this.#read().rows;
  }
  get byId() {
    return this.#read().byId;
  }
  #read() {
    if (!this.#parsed) {
      const [header = [], ...records] = parseCsv(this.#text);
      const rows = records.map((cells) => {
        const row: Row = {};
        header.forEach((name, i) => (row[name] = cells[i] ?? ''));
        return row;
      });
      this.#parsed = {columns: header, rows, byId: new Map(rows.map((row) => [row.id, row]))};
    }
    return this.#parsed;
  }
}

export interface Scenario {
  name: string;
  title: string;
  description: string;
  parent: string;
  text: string;
}

export class Corridor {
  readonly tables = new Map<string, Table>();
  readonly scenarios: Scenario[] = [];
  readonly lines = new Map<string, Point[]>();
  readonly #calls = new Map<string, {place: string; links: string[]}[]>();

  constructor(readonly files: Record<string, string>) {
    for (const [name, text] of Object.entries(files)) {
      if (name.endsWith('.csv')) this.tables.set(name.slice(0, -4), new Table(text));
      else if (name.startsWith('scenarios/')) this.scenarios.push(scenarioOf(name, text));
    }
    const shapes = new Map<string, Row[]>();
    for (const row of this.table('shape_points').rows) {
      const list = shapes.get(row.link);
      if (list) list.push(row);
      else shapes.set(row.link, [row]);
    }
    for (const link of this.table('links').rows) {
      const between = (shapes.get(link.id) ?? []).sort((a, b) => Number(a.sequence) - Number(b.sequence));
      this.lines.set(link.id, [this.point(link.from_place), ...between.map(pointOf), this.point(link.to_place)]);
    }
  }

  table(name: string): Table {
    const table = this.tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    return table;
  }
  row(table: string, id: string): Row | undefined {
    return this.table(table).byId.get(id);
  }
  placeName(id: string): string {
    const row = this.row('places', id);
    return row ? localName(row) : id;
  }
  serviceName(id: string): string {
    return this.row('services', id)?.name ?? id;
  }
  point(place: string): Point {
    const row = this.row('places', place);
    return row ? pointOf(row) : [0, 0];
  }
  // The links that a service takes from one of its calls to a later one; nothing if it has no such
  // calls in the files (a scenario may have added it).
  linksBetween(service: string, from: string, to: string): string[] | undefined {
    if (this.#calls.size === 0) {
      for (const call of [...this.table('calls').rows].sort((a, b) => Number(a.sequence) - Number(b.sequence))) {
        const list = this.#calls.get(call.service) ?? [];
        list.push({place: call.place, links: call.links.split(';').filter(Boolean)});
        this.#calls.set(call.service, list);
      }
    }
    const calls = this.#calls.get(service) ?? [];
    const start = calls.findIndex((one) => one.place === from);
    const stop = calls.findIndex((one, k) => k > start && one.place === to);
    if (start < 0 || stop < 0) return undefined;
    return calls.slice(start + 1, stop + 1).flatMap((one) => one.links);
  }
  // The link that a border lies on: its code is that of the crossing, or "crossing@link", in the other
  // direction "crossing@link:back".
  linkOfBorder(code: string): string | undefined {
    const [crossing, link] = code.split('@');
    const row = this.row('crossings', crossing);
    return row && (link?.replace(/:back$/, '') ?? row.link);
  }
  // The place where a facility of the simulator stands: its code is a row's, a border's, or
  // "service@place".
  placeOfFacility(code: string): string | undefined {
    const link = this.linkOfBorder(code);
    if (link !== undefined) return this.row('crossings', code.split('@')[0])?.place || this.row('links', link)?.from_place;
    if (code.includes('@')) return this.row('places', code.split('@')[1])?.id;
    const row = ['berths', 'cranes', 'gauge_changes', 'yards'].map((name) => this.row(name, code)).find(Boolean);
    if (row) return row.place;
    return this.row('places', code)?.id ?? this.row('links', code)?.from_place;
  }
  // As the engine names it, as far as its code tells.
  nameOfFacility(code: string): {name: string; kind: string} {
    const kinds = {berths: 'berth', cranes: 'terminal', gauge_changes: 'gauge_change', yards: 'yard', crossings: 'border', links: 'section', places: 'harbor'};
    if (code.includes('@')) {
      const [what, where] = code.split('@');
      const named = (table: string, id: string) => this.row(table, id)?.name ?? id;
      if (this.row('crossings', what)) return {name: this.row('crossings', what)?.name ?? code, kind: 'border'};
      if (where === 'weather') return {name: `${named('places', what)}, ships kept by weather`, kind: 'harbor'};
      if (what === 'cranes') return {name: `${named('places', where)}, cranes`, kind: 'terminal'};
      if (this.row('load_units', what)) return {name: `Empties: ${named('load_units', what)}, ${named('countries', where)}`, kind: 'pool'};
      if (what.startsWith('locomotives ')) return {name: `Locomotives: ${what.split(' ')[1]}, ${named('countries', where)}`, kind: 'locomotives'};
      const isPipeline = this.row('services', what)?.mode === 'pipeline';
      return {name: `${named('services', what)} at ${named('places', where)}`, kind: isPipeline ? 'pipeline' : 'departure'};
    }
    for (const [table, kind] of Object.entries(kinds)) {
      const row = this.tables.get(table)?.byId.get(code);
      if (!row) continue;
      const where = row.place ? `${this.placeName(row.place)}, ` : '';
      return {name: `${where}${row.name || code}`, kind};
    }
    return {name: code, kind: ''};
  }
  // The way along these links, from this place on.
  path(from: string, links: string[]): Point[] {
    const path: Point[] = [this.point(from)];
    let at = from;
    for (const id of links) {
      const link = this.row('links', id);
      const line = this.lines.get(id);
      if (!link || !line) continue;
      const forward = link.from_place === at;
      path.push(...(forward ? line : [...line].reverse()).slice(1));
      at = forward ? link.to_place : link.from_place;
    }
    return path;
  }
}

function pointOf(row: Row): Point {
  return [Number(row.lon), Number(row.lat)];
}

function scenarioOf(file: string, text: string): Scenario {
  const field = (name: string) => text.match(new RegExp(`^${name} = "((?:[^"\\\\]|\\\\.)*)"`, 'm'))?.[1] ?? '';
  return {
    name: file.slice('scenarios/'.length, -'.toml'.length),
    title: field('title'),
    description: field('description'),
    parent: field('parent'),
    text,
  };
}
