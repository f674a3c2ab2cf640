// What-ifs beside the unchanged world: the one on the sliders first, then those that were saved, each
// with as many runs as the others. A newer change ends the work on an older one.
import type {Estimates, RunAnswer} from '../engine/answers';
import type {Backend} from '../engine/backend';
import type {Progress} from '../engine/protocol';
import type {Corridor} from './corridor';
import {kWatched, shortages} from './outcome';
import {Study, type Span} from './study';
import {isChanged, scenarioText, unchanged, type Change} from './whatif';

export const kRuns = 8;
export const kMostSaved = 4;
export const kQuarter: Span = {from: '2026-01-01', days: 90, warm_up_days: 30};

// One world and what is known about it so far.
export class Trial {
  name = $state('');
  told = $state.raw<Estimates>();
  paired = $state.raw<Estimates>(); // differences from the basis
  first = $state.raw<RunAnswer>();
  fault = $state('');
  shortages = $derived(shortages(this.told, this.first));
  study?: Study;

  constructor(readonly change: Change, name = '') {
    this.name = name;
  }
}

export interface Stage {
  phase: Progress['phase'];
  share: number;
  run: number; // the first is 1
  name: string; // of a saved trial
}

export class Laboratory {
  basis = $state.raw<Trial>();
  current = $state.raw<Trial>(); // nothing while the sliders say the unchanged world
  saved = $state.raw<Trial[]>([]);
  stage = $state.raw<Stage>();
  isStale = $state(false); // what `current` tells is of an older change
  firstSeconds = $state(0); // from the change to its first run
  fault = $state('');
  #round = 0;

  constructor(private corridor: Corridor, private engine: () => Promise<Backend>) {}

  async stop() {
    ++this.#round;
    this.stage = undefined;
    (await this.engine()).drop();
  }

  // Ends with kRuns runs of everything, or as soon as a newer change or stop() comes.
  async work(change: Change, since = performance.now()) {
    const mine = ++this.#round;
    const isOld = () => mine !== this.#round;
    this.fault = '';
    this.firstSeconds = 0;
    this.stage ??= {phase: 'compile', share: 0, run: 1, name: ''}; // the engine may have to be fetched first
    try {
      const engine = await this.engine();
      if (isOld()) return;
      const hasBasis = this.basis?.change.start === change.start;
      // Dropping the first run of the basis would only put off what the newer change needs too.
      if (!hasBasis || this.basis?.first) engine.drop();
      this.isStale = isChanged(change);
      if (!hasBasis) {
        this.basis?.study?.forget();
        this.basis = new Trial(unchanged(change.start));
        this.saved.forEach((one) => (one.paired = undefined));
      }
      const basis = this.basis!;
      await this.#advance(engine, basis, 1, isOld);
      if (isOld()) return;
      const trial = isChanged(change) ? new Trial(change) : undefined;
      if (trial) await this.#pair(engine, trial, 1, isOld, false);
      if (isOld()) return trial?.study?.forget();
      this.#replaceCurrent(trial);
      if (trial) {
        this.firstSeconds = (performance.now() - since) / 1000;
        performance.measure('karvan first answer', {start: since});
      }
      for (let runs = 2; runs <= kRuns && !isOld(); ++runs) {
        await this.#advance(engine, basis, runs, isOld);
        if (trial && !isOld()) await this.#pair(engine, trial, runs, isOld);
      }
      for (const one of this.saved) {
        for (let runs = 1; runs <= kRuns && !isOld(); ++runs) await this.#pair(engine, one, runs, isOld);
      }
    } catch (error) {
      if (!isOld()) this.fault = error instanceof Error ? error.message : String(error);
    }
    if (!isOld()) this.stage = undefined;
  }

  // The trial of the sliders stays, under this name.
  save(name: string) {
    if (!this.current || this.isStale || this.saved.length >= kMostSaved || this.saved.includes(this.current)) return;
    this.current.name = name;
    this.saved = [...this.saved, this.current];
  }
  remove(trial: Trial) {
    this.saved = this.saved.filter((one) => one !== trial);
    if (trial !== this.current) trial.study?.forget();
  }

  #replaceCurrent(trial: Trial | undefined) {
    const old = this.current;
    if (old && old !== trial && !this.saved.includes(old)) old.study?.forget();
    this.current = trial;
    this.isStale = false;
  }
  // Runs until there are so many.
  async #advance(engine: Backend, trial: Trial, runs: number, isOld: () => boolean) {
    const watch = (run: number) => (progress: Progress) => {
      if (!isOld()) this.stage = {phase: progress.phase, share: progress.done, run, name: trial.name};
    };
    if (!trial.study || trial.study.case < 0) {
      const text = isChanged(trial.change) ? scenarioText(this.corridor, trial.change, 'changed') : undefined;
      trial.study ??= new Study(engine, text ? 'changed' : trial.change.start, text, kQuarter, kWatched);
      await trial.study.compile(watch(1));
    }
    while (trial.study.runs < runs && !isOld()) {
      await trial.study.run(trial.study.runs, false, watch(trial.study.runs + 1));
      trial.told = trial.study.estimates;
      trial.first = trial.study.first;
    }
  }
  async #pair(engine: Backend, trial: Trial, runs: number, isOld: () => boolean, isKept = true) {
    const before = trial.paired?.runs ?? 0;
    if (before >= runs) return;
    try {
      await this.#advance(engine, trial, runs, isOld);
    } catch (error) {
      if (!isOld()) trial.fault = error instanceof Error ? error.message : String(error);
      if (!isKept) throw error;
      return;
    }
    if (isOld() || !trial.study || !this.basis?.study) return;
    const told = await engine.differences(this.basis.study.case, trial.study.case, kWatched);
    if (told.ok) trial.paired = told;
  }
}
