// The engine in a thread of its own. One message, one answer with the same number; a request that
// takes long tells its progress before. Requests of one worker are served in their order, but `drop`
// at once.
import {Engine} from './engine.js';
import type {Progress, Request, Told} from './protocol';

let engine: Promise<Engine> | undefined;
let dropped = false;
let queue: Promise<unknown> = Promise.resolve();

const tell = (told: Told, transfer: Transferable[] = []) => postMessage(told, {transfer});
// Lets messages in that wait.
const tick = () =>
  new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });

async function start(module: WebAssembly.Module, files: Record<string, string>) {
  const made = await Engine.start(module);
  made.addFiles(files);
  const loaded = made.load();
  if (!loaded.ok) throw new Error(loaded.complaints[0]?.message ?? 'the corridor does not load');
  return made;
}

async function serve(request: Request): Promise<unknown> {
  if (request.call === 'start') {
    engine = start(request.module, request.files);
    await engine;
    return {ok: true};
  }
  if (!engine) throw new Error('not started');
  const made = await engine;
  const step = (phase: Progress['phase']) => async (done: number, told?: unknown) => {
    tell({id: request.id, progress: {phase, done, told}});
    await tick();
    return !dropped;
  };
  switch (request.call) {
    case 'world':
      if (request.text) made.addFiles({[`scenarios/${request.name}.toml`]: request.text});
      return made.world(request.name, request.booked);
    case 'plan':
      return made.plan(request.world, request.question);
    case 'reach':
      return made.reach(request.world, request.question);
    case 'whyNot':
      return made.whyNot(request.world, request.subject);
    case 'assess':
      return made.assess(request.world, request.option);
    case 'replay':
      return made.replay(request.world, request.option, request.runs, (told) => step('run')(told.runs / request.runs, told));
    case 'compile':
      return made.compile(request.world, request.question, step('compile'));
    case 'assumed':
      return made.assumed(request.part);
    case 'vary':
      return made.vary(request.variation);
    case 'forget':
      return made.forget(request.world);
    case 'run':
      return made.run(request.number, request.replication, request.keep, step('run'));
    case 'trips':
      return made.trips();
    case 'flows':
      return made.flows();
    case 'estimates':
      return made.estimates(request.number, request.figures);
    case 'differences':
      return made.differences(request.base, request.other, request.figures);
  }
}

onmessage = (event: MessageEvent<Request | {call: 'drop'}>) => {
  const request = event.data;
  if (request.call === 'drop') {
    dropped = true;
    return;
  }
  queue = queue.then(async () => {
    dropped = false;
    try {
      const reply = await serve(request);
      tell({id: request.id, reply}, reply instanceof Uint32Array ? [reply.buffer] : []);
    } catch (error) {
      tell({id: request.id, fault: error instanceof Error ? error.message : String(error)});
    }
  });
};
