// What page and worker say to each other.
type Calls =
  | {call: 'start'; module: WebAssembly.Module; files: Record<string, string>}
  | {call: 'world'; name: string; text?: string; booked?: string}
  | {call: 'plan'; world: number; question: string}
  | {call: 'reach'; world: number; question: string}
  | {call: 'whyNot'; world: number; subject: string}
  | {call: 'assess'; world: number; option: number}
  | {call: 'replay'; world: number; option: number; runs: number}
  | {call: 'assumed'; part: string}
  | {call: 'vary'; variation: string}
  | {call: 'forget'; world: number}
  | {call: 'compile'; world: number; question: string}
  | {call: 'run'; number: number; replication: number; keep: boolean}
  | {call: 'trips'}
  | {call: 'flows'}
  | {call: 'estimates'; number: number; figures: string[]}
  | {call: 'differences'; base: number; other: number; figures: string[]};

export type Call = Calls;
export type Request = Calls & {id: number};
export interface Progress {
  phase: 'compile' | 'run';
  done: number; // share
  told?: unknown; // what is known by now
}
export interface Told {
  id: number;
  reply?: unknown;
  fault?: string;
  progress?: Progress;
}
