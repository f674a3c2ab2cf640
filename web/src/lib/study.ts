// A world simulated again and again beside another: compiled once, run after run, until told to stop.
import type {Estimates, RunAnswer} from '../engine/answers';
import type {Backend, OnProgress} from '../engine/backend';
import {asLines} from '../engine/engine.js';

export interface Span {
  from: string;
  days: number;
  warm_up_days: number;
}

export class Study {
  case = -1;
  first?: RunAnswer;
  estimates?: Estimates;

  constructor(private engine: Backend, private name: string, private text: string | undefined, private span: Span) {}

  async compile(onProgress?: OnProgress) {
    const opened = await this.engine.world(this.name, this.text);
    if (!opened.ok) {
      const complaints = (opened as {complaints?: {message: string}[]}).complaints;
      throw new Error(opened.message ?? complaints?.[0]?.message ?? this.name);
    }
    const compiled = await this.engine.compile(opened.world, asLines({...this.span, lose_unserved: 'yes'}), onProgress);
    if (!compiled.ok) throw new Error(compiled.message ?? (compiled as {errors?: string[]}).errors?.[0]);
    this.case = compiled.case;
  }
  async run(replication: number, keep = false, onProgress?: OnProgress) {
    const answer = await this.engine.run(this.case, replication, keep, onProgress);
    if (!answer.ok) throw new Error(answer.message);
    this.first ??= answer;
    const told = await this.engine.estimates(this.case);
    if (told.ok) this.estimates = told;
    return answer;
  }
}
