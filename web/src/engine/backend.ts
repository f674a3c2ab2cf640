// Where answers come from. The page knows this interface only: today the engine in a worker, with a
// folder of static files behind it; a server is a second one.
import type {AssumedGroup, Estimates, Flow, Itinerary, PlanAnswer, Reached, Reliability, Replayed, Reply, RunAnswer, WhyNot} from './answers';
import type {Call, Progress, Told} from './protocol';

export type OnProgress = (progress: Progress) => void;
export type Questions = Record<string, string | number | string[] | undefined>;

export interface Backend {
  // `text` is a scenario of the page's own; without it the name is one of the corridor's. `booked` is
  // a CSV of what others have booked.
  world(name: string, text?: string, booked?: string): Promise<Reply<{world: number; changes: number}>>;
  plan(world: number, question: string): Promise<Reply<PlanAnswer>>;
  // A question without `to`: all places within its days.
  reach(world: number, question: string): Promise<Reply<{places: Reached[]}>>;
  whyNot(world: number, subject: string): Promise<Reply<WhyNot>>;
  assess(world: number, option: number): Promise<Reply<Reliability>>;
  // An option of the last plan, sent through the simulated corridor; tells after each run.
  replay(world: number, option: number, runs: number, onProgress?: OnProgress): Promise<Reply<Replayed>>;
  compile(world: number, question: string, onProgress?: OnProgress): Promise<Reply<{case: number; warnings: string[]}>>;
  run(number: number, replication: number, keep: boolean, onProgress?: OnProgress): Promise<Reply<RunAnswer>>;
  // Of the last run that kept its events.
  trips(): Promise<Uint32Array>;
  flows(): Promise<Flow[]>;
  // Of the figures with these names.
  estimates(number: number, figures: string[]): Promise<Reply<Estimates>>;
  differences(base: number, other: number, figures: string[]): Promise<Reply<Estimates>>;
  assumed(part: string): Promise<Reply<{groups: AssumedGroup[]}>>;
  vary(variation: string): Promise<Reply<{world: number; changes: number}>>;
  forget(world: number): void;
  // What runs ends soon, refused.
  drop(): void;
}
export type {Itinerary};

export class WorkerBackend implements Backend {
  #worker: Worker;
  #next = 1;
  #waiting = new Map<number, {resolve: (reply: any) => void; reject: (fault: Error) => void; onProgress?: OnProgress}>();

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<Told>) => this.#hear(event.data);
    worker.onerror = (event) => {
      for (const one of this.#waiting.values()) one.reject(new Error(event.message));
      this.#waiting.clear();
    };
  }

  static async start(module: WebAssembly.Module, files: Record<string, string>): Promise<WorkerBackend> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {type: 'module'});
    const backend = new WorkerBackend(worker);
    await backend.#ask({call: 'start', module, files});
    return backend;
  }

  #hear(told: Told) {
    const one = this.#waiting.get(told.id);
    if (!one) return;
    if (told.progress) return one.onProgress?.(told.progress);
    this.#waiting.delete(told.id);
    if (told.fault !== undefined) one.reject(new Error(told.fault));
    else one.resolve(told.reply);
  }
  #ask(call: Call, onProgress?: OnProgress): Promise<any> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {resolve, reject, onProgress});
      this.#worker.postMessage({...call, id});
    });
  }

  world(name: string, text?: string, booked?: string) {
    return this.#ask({call: 'world', name, text, booked});
  }
  reach(world: number, question: string) {
    return this.#ask({call: 'reach', world, question});
  }
  plan(world: number, question: string) {
    return this.#ask({call: 'plan', world, question});
  }
  whyNot(world: number, subject: string) {
    return this.#ask({call: 'whyNot', world, subject});
  }
  assess(world: number, option: number) {
    return this.#ask({call: 'assess', world, option});
  }
  replay(world: number, option: number, runs: number, onProgress?: OnProgress) {
    return this.#ask({call: 'replay', world, option, runs}, onProgress);
  }
  compile(world: number, question: string, onProgress?: OnProgress) {
    return this.#ask({call: 'compile', world, question}, onProgress);
  }
  run(number: number, replication: number, keep: boolean, onProgress?: OnProgress) {
    return this.#ask({call: 'run', number, replication, keep}, onProgress);
  }
  trips() {
    return this.#ask({call: 'trips'});
  }
  flows() {
    return this.#ask({call: 'flows'});
  }
  assumed(part: string) {
    return this.#ask({call: 'assumed', part});
  }
  vary(variation: string) {
    return this.#ask({call: 'vary', variation});
  }
  forget(world: number) {
    void this.#ask({call: 'forget', world});
  }
  estimates(number: number, figures: string[]) {
    return this.#ask({call: 'estimates', number, figures});
  }
  differences(base: number, other: number, figures: string[]) {
    return this.#ask({call: 'differences', base, other, figures});
  }
  drop() {
    this.#worker.postMessage({call: 'drop'});
  }
  close() {
    this.#worker.terminate();
  }
}
