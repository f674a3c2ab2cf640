// A world simulated again and again beside another: compiled once, run after run, until told to stop.
import type {Estimates, RunAnswer} from '../engine/answers';
import type {Backend, OnProgress} from '../engine/backend';
import {asLines} from '../engine/engine.js';

export interface Span {
  from: string;
  days: number;
  warm_up_days: number;
}

interface Opened {
  ok: boolean;
  message?: string;
  complaints?: {message: string}[];
}
// What is wrong with a world that did not open, or with a question that did not compile.
export const faultOf = (told: Opened & {errors?: string[]}, otherwise: string) =>
  new Error(told.message ?? told.complaints?.[0]?.message ?? told.errors?.[0] ?? otherwise);

export class Study {
  world = -1;
  case = -1;
  runs = 0;
  first?: RunAnswer;
  estimates?: Estimates;

  constructor(readonly engine: Backend, private name: string, private text: string | undefined, private span: Span, readonly figures: string[] = []) {}

  // A world that stands already, as of Backend.vary().
  static of(engine: Backend, world: number, span: Span, figures: string[]): Study {
    const study = new Study(engine, '', undefined, span, figures);
    study.world = world;
    return study;
  }

  async compile(onProgress?: OnProgress) {
    if (this.world < 0) {
      const opened = await this.engine.world(this.name, this.text);
      if (!opened.ok) throw faultOf(opened, this.name);
      this.world = opened.world;
    }
    const compiled = await this.engine.compile(this.world, asLines({...this.span, lose_unserved: 'yes'}), onProgress);
    if (!compiled.ok) throw faultOf(compiled, this.name);
    this.case = compiled.case;
  }
  async run(replication: number, keep = false, onProgress?: OnProgress) {
    const answer = await this.engine.run(this.case, replication, keep, onProgress);
    if (!answer.ok) throw new Error(answer.message);
    this.first ??= answer;
    ++this.runs;
    if (this.figures.length > 0) {
      const told = await this.engine.estimates(this.case, this.figures);
      if (told.ok) this.estimates = told;
    }
    return answer;
  }
  // What it holds in the engine is set free.
  forget() {
    if (this.world >= 0) this.engine.forget(this.world);
    this.world = this.case = -1;
  }
}
