// The server as the second backend: the same questions over /v1, on its machine, kept in its store. A
// what-if is a scenario saved under the hash of its text and one job that compares it with the
// unchanged world and tells its figures pair by pair; asked again, it comes from the store with the
// same bytes.
import type {AssumedGroup, Estimates, Facility, Figures, Flow, Itinerary, PlanAnswer, Reached, Reliability, Replayed, Reply, RunAnswer, WhyNot} from './answers';
import type {Backend, OnProgress} from './backend';

const kReplications = 8;

interface Row {
  figure: string;
  mean: number;
  low: number | null;
  high: number | null;
}
interface Told {
  replications: number;
  fingerprints: string[];
  figures: Row[];
  compared: Row[] | null;
  differences: Row[] | null;
}
interface View {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  error?: Problem;
}
interface Problem {
  title?: string;
  detail?: string;
  errors?: {detail: string}[];
}
interface Job {
  view: View; // as told last
  told?: Told; // the same, of so many runs as are done
  isHeard: boolean;
  listeners: {hear: () => boolean; fail: (fault: Error) => void}[];
}
interface Case {
  scenario: string;
  basis?: string; // compared with
  question: Record<string, unknown>;
  job?: Job;
}
type PlanReply = PlanAnswer & {itineraries: (Itinerary & {reliability: Reliability | null})[]; why_not?: WhyNot[]; statistics: {is_complete: boolean}};

// The page came from `karvan serve`, which says so in a header: static file servers are not asked.
export function isServed(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return page?.serverTiming?.some((one) => one.name === 'karvan') ?? false;
}

const refused = (message: string) => ({ok: false as const, message});
const wordsOf = (problem: Problem, status: number) =>
  problem.errors?.map((one) => one.detail).join('; ') || problem.detail || problem.title || String(status);
// Lines key=value, as the engine takes them, as members of a body; keys that come several times are lists.
function membersOf(lines: string): Record<string, string[]> {
  const members: Record<string, string[]> = {};
  for (const line of lines.split('\n').filter(Boolean)) {
    const at = line.indexOf('=');
    (members[line.slice(0, at)] ??= []).push(line.slice(at + 1));
  }
  return members;
}
// What differs between the engine's lines and a body.
const kServerNames: Record<string, string> = {days_max: 'days', transshipments_max: 'max_transshipments'};
const kNumbers = new Set(['window', 'step', 'days_max', 'transshipments_max', 'budget', 'tolerance_percent', 'k_best']);
const kFlags = new Set(['hard_deadline', 'policy', 'save_storage', 'as_planned', 'ignore_risk']);
// A CSV of codes and numbers as rows.
function rowsOf(csv: string): Record<string, string | number>[] {
  const [head, ...lines] = csv.trim().split('\n').map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head[i], head[i] === 'units' ? Number(cell) : cell])));
}
// Whether it has this name; one * stands for any text.
function isNamed(name: string, pattern: string): boolean {
  const [begin, end] = pattern.split('*');
  return end === undefined ? name === pattern : name.length >= begin.length + end.length && name.startsWith(begin) && name.endsWith(end);
}
function figuresOf(rows: Row[] | null | undefined, wanted: string[]): Figures {
  const figures: Figures = {};
  for (const row of rows ?? []) {
    if (wanted.some((one) => isNamed(row.figure, one))) figures[row.figure] = row.low === null || row.high === null ? [row.mean] : [row.mean, (row.high - row.low) / 2];
  }
  return figures;
}
// Where capacity is short, from the means over all so far.
function facilitiesOf(rows: Row[], nameOf: (code: string) => {name: string; kind: string}): Facility[] {
  const all: Facility[] = [];
  for (const row of rows) {
    const [, code] = row.figure.match(/^facility\/(.+)\/share_of_short$/) ?? [];
    if (!code) continue;
    all.push({...nameOf(code), code, served: 0, tonnes: 0, mean_wait_h: 0, p90_wait_h: 0, mean_queue: 0, utilization: 0, share_of_waiting: 0, share_of_short: row.mean, queue_by_week: [], utilization_by_week: [], tonnes_by_month: []});
  }
  return all;
}

export class ServerBackend implements Backend {
  #worlds: {scenario: string; isOwn: boolean; booked?: string}[] = [];
  #cases: Case[] = [];
  #plans = new Map<number, {body: Record<string, unknown>; reply: PlanReply}>();
  #basis?: string; // the scenario that was compiled last and is none of the page's own
  #current?: Job; // what is waited for

  // `watched` are the figures that are asked for while runs come in.
  constructor(private root: string, private nameOf: (code: string) => {name: string; kind: string}, private watched: string[]) {}

  async #ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<{status: number; json: any}> {
    const response = await fetch(new URL(path, this.root), {
      method, headers: body === undefined ? {} : {'content-type': type}, body: body === undefined ? undefined : type === 'application/json' ? JSON.stringify(body) : String(body),
    });
    return {status: response.status, json: response.status === 204 ? null : await response.json()};
  }

  async world(name: string, text?: string, booked?: string): Promise<Reply<{world: number; changes: number}>> {
    let scenario = name;
    if (text) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      scenario = `page_${[...new Uint8Array(digest)].slice(0, 8).map((one) => one.toString(16).padStart(2, '0')).join('')}`;
      const {status, json} = await this.#ask('PUT', `/v1/scenarios/${scenario}`, text.replace(/^name = ".*"/, `name = "${scenario}"`), 'application/toml');
      if (status >= 300) return refused(wordsOf(json, status));
    }
    this.#worlds.push({scenario, isOwn: text !== undefined, booked});
    return {ok: true, world: this.#worlds.length - 1, changes: 0};
  }
  async plan(world: number, question: string): Promise<Reply<PlanAnswer>> {
    const body = this.#bodyOf(world, question);
    const {status, json} = await this.#ask('POST', '/v1/plan', body);
    if (status !== 200) return refused(wordsOf(json, status));
    const refusal = json.itineraries.length > 0 ? null : json.refusal;
    this.#plans.set(world, {body, reply: json});
    return {ok: true, itineraries: json.itineraries, refusal, complete: json.statistics.is_complete, policy: json.policy};
  }
  async reach(world: number, question: string): Promise<Reply<{places: Reached[]}>> {
    const {status, json} = await this.#ask('POST', '/v1/plan/isochrone', this.#bodyOf(world, question));
    if (status !== 200) return refused(wordsOf(json, status));
    return {ok: true, places: json.features.map((one: {properties: Reached & {id: string}}) => ({...one.properties, place: one.properties.id}))};
  }
  // The engine's lines as the members of a body.
  #bodyOf(world: number, question: string): Record<string, unknown> {
    const {quantity, unit, ...members} = membersOf(question);
    const {scenario, booked} = this.#worlds[world];
    const body: Record<string, unknown> = {cargo: `${quantity}${unit}`};
    for (const [key, list] of Object.entries(members)) {
      const isList = key === 'via' || /^(avoid|only|require)_/.test(key);
      const one = kFlags.has(key) ? list[0] === 'yes' : kNumbers.has(key) ? Number(list[0]) : list.join(',');
      body[kServerNames[key] ?? key] = isList ? list : one;
    }
    if ((members.from?.length ?? 0) > 1 || (members.to?.length ?? 0) > 1) body.one_front = true;
    if (scenario !== 'base') body.scenario = scenario;
    if (booked) body.booked = rowsOf(booked);
    return body;
  }
  async whyNot(world: number, subject: string): Promise<Reply<WhyNot>> {
    const asked = this.#plans.get(world);
    if (!asked) return refused('nothing was asked of this world');
    const [[kind, [code]]] = Object.entries(membersOf(subject));
    const {status, json} = await this.#ask('POST', '/v1/plan', {...asked.body, policy: undefined, why_not: [`${kind}:${code}`]});
    if (status !== 200) return refused(wordsOf(json, status));
    return {ok: true, ...json.why_not[0]};
  }
  async assess(world: number, option: number): Promise<Reply<Reliability>> {
    const told = this.#plans.get(world)?.reply.itineraries[option]?.reliability;
    return told ? {ok: true, ...told} : refused('there is no such option');
  }
  async replay(): Promise<Reply<Replayed>> {
    return refused('an option is sent through the corridor by the engine in the browser only');
  }
  async compile(world: number, question: string): Promise<Reply<{case: number; warnings: string[]}>> {
    const {scenario, isOwn} = this.#worlds[world];
    if (!isOwn) this.#basis = scenario;
    const {from, days, warm_up_days} = membersOf(question);
    this.#cases.push({
      scenario, basis: isOwn ? (this.#basis ?? 'base') : undefined,
      question: {from: from[0], days: Number(days[0]), warm_up: Number(warm_up_days[0]), lose_unserved: true},
    });
    return {ok: true, case: this.#cases.length - 1, warnings: []};
  }
  async run(number: number, replication: number, keep: boolean, onProgress?: OnProgress): Promise<Reply<RunAnswer>> {
    if (keep) return refused('what moves is shown by the engine in the browser only');
    const one = this.#cases[number];
    try {
      one.job ??= {view: await this.#submit(one), isHeard: false, listeners: []};
      this.#current = one.job;
      await this.#until(one.job, replication + 1, onProgress);
    } catch (error) {
      one.job = undefined; // asked again, it begins anew or comes from the store
      return refused(error instanceof Error ? error.message : String(error));
    }
    const told = one.job.told!;
    const rows = told.compared ?? told.figures;
    const from = String(one.question.from);
    return {
      ok: true, from, fingerprint: BigInt(`0x${told.fingerprints[0]}`).toString(), figures_fingerprint: '', events: 0, shipments: 0, delivered_t: 0,
      markets: [], facilities: facilitiesOf(rows, this.nameOf), vessels: [], services: [], places: [], dwells: [], tanks: [],
    };
  }
  async #submit(one: Case): Promise<View> {
    const named = (scenario: string) => (scenario === 'base' ? undefined : scenario);
    const question = {...one.question, replications: kReplications};
    const body = one.basis ? {...question, scenario: named(one.basis), compare: one.scenario} : {...question, scenario: named(one.scenario)};
    const {status, json} = await this.#ask('POST', '/v1/simulations', body);
    if (status !== 200 && status !== 202) throw new Error(wordsOf(json, status));
    return json;
  }
  // Until so many runs are told. One stream of events for each job, which ends with it.
  async #until(job: Job, runs: number, onProgress?: OnProgress): Promise<void> {
    if (job.view.state === 'done') await this.#complete(job);
    await new Promise<void>((resolve, reject) => {
      const hear = () => {
        const {view, told} = job;
        onProgress?.({phase: 'run', done: view.progress});
        const isOver = view.state === 'failed' || view.state === 'cancelled';
        if (!isOver && (told?.replications ?? 0) < runs) return false;
        if (isOver) reject(new Error(view.error ? wordsOf(view.error, 422) : view.state));
        else resolve();
        return true;
      };
      if (hear()) return;
      job.listeners.push({hear, fail: reject});
      if (!job.isHeard) void this.#listen(job);
    });
  }
  // What was not told while it ran, its result tells.
  async #complete(job: Job) {
    if ((job.told?.replications ?? 0) >= kReplications) return;
    const {status, json} = await this.#ask('GET', `/v1/simulations/${job.view.id}/result`);
    if (status !== 200) throw new Error(wordsOf(json, status));
    job.told = json as Told;
  }
  async #listen(job: Job) {
    job.isHeard = true;
    const hear = async (event: string) => {
      const [, name, data] = event.match(/^event: (\w+)\ndata: (.*)$/) ?? [];
      if (name === 'figures') job.told = JSON.parse(data);
      if (name === 'progress') job.view = JSON.parse(data);
      if (job.view.state === 'done') await this.#complete(job);
      job.listeners = job.listeners.filter((one) => !one.hear());
    };
    try {
      const query = new URLSearchParams(this.watched.map((one) => ['figure', one]));
      const response = await fetch(new URL(`/v1/simulations/${job.view.id}/progress?${query}`, this.root));
      if (!response.ok || !response.body) throw new Error(String(response.status));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        const events = (text + value).split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) await hear(event);
      }
      throw new Error('the server ended the stream');
    } catch (error) {
      job.isHeard = false;
      for (const one of job.listeners.splice(0)) one.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }
  async estimates(number: number, figures: string[]): Promise<Reply<Estimates>> {
    const told = this.#cases[number]?.job?.told;
    return told ? {ok: true, runs: told.replications, figures: figuresOf(told.compared ?? told.figures, figures)} : refused('no run has ended');
  }
  async differences(_base: number, other: number, figures: string[]): Promise<Reply<Estimates>> {
    const told = this.#cases[other]?.job?.told;
    return told?.differences ? {ok: true, runs: told.replications, figures: figuresOf(told.differences, figures)} : refused('no pair of runs has ended');
  }
  async trips() {
    return new Uint32Array();
  }
  async flows(): Promise<Flow[]> {
    return [];
  }
  async assumed(): Promise<Reply<{groups: AssumedGroup[]}>> {
    return refused('numbers are moved by the engine in the browser only');
  }
  async vary(): Promise<Reply<{world: number; changes: number}>> {
    return refused('numbers are moved by the engine in the browser only');
  }
  forget() {}
  // Its stream tells that it was cancelled.
  drop() {
    const job = this.#current;
    if (job && job.listeners.length > 0) void this.#ask('DELETE', `/v1/simulations/${job.view.id}`);
  }
}
