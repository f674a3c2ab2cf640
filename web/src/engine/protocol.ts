// What page and worker say to each other.
type Calls =
  | {call: 'start'; module: WebAssembly.Module; files: Record<string, string>}
  | {call: 'world'; name: string; text?: string}
  | {call: 'plan'; world: number; question: string}
  | {call: 'whyNot'; world: number; subject: string}
  | {call: 'assess'; world: number; option: number}
  | {call: 'compile'; world: number; question: string}
  | {call: 'run'; number: number; replication: number; keep: boolean}
  | {call: 'trips'}
  | {call: 'estimates'; number: number}
  | {call: 'differences'; base: number; other: number};

export type Call = Calls;
export type Request = Calls & {id: number};
export interface Progress {
  phase: 'compile' | 'run';
  done: number; // ways asked for, or the share of the run
}
export interface Told {
  id: number;
  reply?: unknown;
  fault?: string;
  progress?: Progress;
}
