// @ts-check
// The engine's module and its calls, for a worker and for node alike. apps/browser/README.md of the
// repository says what each call takes and tells.

/** @typedef {{ok: boolean, message?: string}} Reply */

// All that the module wants of WASI: it prints nothing and opens nothing. What is written to its
// standard error (a failed CHECK, before it traps) goes to `onFault`.
/** @param {() => WebAssembly.Memory} memory @param {(text: string) => void} onFault */
function wasi(memory, onFault) {
  const badFile = 8;
  const notSupported = 52;
  /** @param {number} fd @param {number} list @param {number} count @param {number} written */
  function fd_write(fd, list, count, written) {
    const view = new DataView(memory().buffer);
    let size = 0;
    let text = '';
    for (let i = 0; i < count; ++i) {
      const begin = view.getUint32(list + 8 * i, true);
      const length = view.getUint32(list + 8 * i + 4, true);
      text += new TextDecoder().decode(new Uint8Array(memory().buffer, begin, length));
      size += length;
    }
    view.setUint32(written, size, true);
    if (fd === 2) onFault(text);
    return 0;
  }
  /** @type {Record<string, Function>} */
  const calls = {fd_write, fd_close: () => badFile, fd_seek: () => badFile};
  return new Proxy(calls, {
    get: (known, name) => known[String(name)] ?? (() => notSupported),
    has: () => true,
  });
}

// About 20 ms on a machine of 2026.
const kWaysAtOnce = 8;

export class Engine {
  /** @param {WebAssembly.Exports} calls */
  constructor(calls) {
    /** @type {any} */
    this.calls = calls;
  }

  /** @param {WebAssembly.Module} module */
  static async start(module) {
    /** @type {WebAssembly.Instance} */
    let instance;
    /** @type {string[]} */
    const faults = [];
    const memory = () => /** @type {WebAssembly.Memory} */ (instance.exports.memory);
    const preview = /** @type {any} */ (wasi(memory, (text) => faults.push(text)));
    // Only what is imported: a Proxy may not be what an engine expects.
    const imports = Object.fromEntries(
      WebAssembly.Module.imports(module)
        .filter((one) => one.module === 'wasi_snapshot_preview1')
        .map((one) => [one.name, preview[one.name]]));
    instance = await WebAssembly.instantiate(module, {wasi_snapshot_preview1: imports});
    const engine = new Engine(instance.exports);
    engine.faults = faults;
    engine.calls._initialize();
    return engine;
  }

  /** @type {string[]} */
  faults = [];

  /** @param {Uint8Array} bytes */
  #write(bytes) {
    const at = this.calls.karvan_input(bytes.length);
    new Uint8Array(this.calls.memory.buffer, at, bytes.length).set(bytes);
  }
  #bytes() {
    const size = this.calls.karvan_reply_size();
    return new Uint8Array(this.calls.memory.buffer, this.calls.karvan_reply(), size).slice();
  }
  /** @returns {any} */
  #reply() {
    return JSON.parse(new TextDecoder().decode(this.#bytes()));
  }
  /** @param {string} name @param {string} input @param {number[]} numbers */
  #call(name, input, ...numbers) {
    this.#write(new TextEncoder().encode(input));
    this.calls[name](...numbers);
    return this.#reply();
  }

  /** @param {Record<string, string>} files name and text */
  addFiles(files) {
    const encoder = new TextEncoder();
    for (const [name, text] of Object.entries(files)) {
      const head = encoder.encode(name);
      const body = encoder.encode(text);
      const both = new Uint8Array(head.length + body.length);
      both.set(head);
      both.set(body, head.length);
      this.#write(both);
      this.calls.karvan_file(head.length);
    }
  }
  load() {
    return this.#call('karvan_load', '');
  }
  /** @param {string} scenario @param {string} booked what others have booked, a CSV */
  world(scenario, booked = '') {
    return this.#call('karvan_world', booked ? `${scenario}\n${booked}` : scenario);
  }
  /** @param {number} world @param {string} question */
  plan(world, question) {
    return this.#call('karvan_plan', question, world);
  }
  /** Places within days_max. @param {number} world @param {string} question without `to` */
  reach(world, question) {
    return this.#call('karvan_reach', question, world);
  }
  /** @param {number} world @param {string} subject */
  whyNot(world, subject) {
    return this.#call('karvan_why_not', subject, world);
  }
  /** @param {number} world @param {number} option */
  assess(world, option) {
    return this.#call('karvan_assess', '', world, option);
  }
  /**
   * An option of the last plan of a world, sent through the simulated corridor so many times; `onRun`
   * gets what is known after each and may tell false to stop.
   * @param {number} world @param {number} option @param {number} runs
   * @param {(told: any) => Promise<boolean> | boolean | void} onRun
   * @returns {Promise<any>}
   */
  async replay(world, option, runs, onRun = () => {}) {
    let told = this.#call('karvan_replay', '', world, option);
    while (told.ok && told.runs < runs) {
      if ((await onRun(told)) === false) return {ok: false, message: 'dropped'};
      told = this.#call('karvan_replay_run', '');
    }
    return told;
  }
  /** Numbers nobody has published with `part` in table.id.column, in groups. @param {string} part */
  assumed(part) {
    return this.#call('karvan_assumed', part);
  }
  /** A world with numbers scaled. @param {string} variation */
  vary(variation) {
    return this.#call('karvan_vary', variation);
  }
  /** @param {number} world */
  forget(world) {
    return this.#call('karvan_forget', '', world);
  }
  /**
   * Asks the planner for all that shippers will want to know, a few ways at a time; `onStep` gets
   * the share done and may tell false to drop it.
   * @param {number} world @param {string} question
   * @param {(share: number) => Promise<boolean> | boolean | void} onStep
   * @returns {Promise<any>}
   */
  async compile(world, question, onStep = () => {}) {
    const begun = this.#call('karvan_compile_begin', question, world);
    if (!begun.ok) return begun;
    for (let asked = 0; asked < begun.ways;) {
      asked = this.calls.karvan_compile_step(kWaysAtOnce);
      if ((await onStep(asked / begun.ways)) === false) return {ok: false, message: 'dropped'};
    }
    return this.#call('karvan_compile_end', '');
  }
  /**
   * One run, in steps of a week; `onStep` gets the share done and may tell false to drop it.
   * @param {number} number @param {number} replication @param {boolean} keep
   * @param {(share: number) => Promise<boolean> | boolean | void} onStep
   * @returns {Promise<any>}
   */
  async run(number, replication, keep, onStep = () => {}) {
    this.calls.karvan_run_begin(number, replication, keep ? 1 : 0);
    const begun = this.#reply();
    if (!begun.ok) return begun;
    for (let share = 0; share < 1;) {
      share = this.calls.karvan_run_step(7);
      if (share < 0) return this.#reply();
      if ((await onStep(share)) === false) return {ok: false, message: 'dropped'};
    }
    this.calls.karvan_run_end();
    return this.#reply();
  }
  /** What moved in the last run that kept its events; 7 numbers a trip. */
  trips() {
    this.calls.karvan_trips();
    return new Uint32Array(this.#bytes().buffer);
  }
  /** What went where in it: {service, from, to, goods, tonnes}. */
  flows() {
    return this.#call('karvan_flows', '');
  }
  /** @param {number} number @param {string[]} figures all if there are none */
  estimates(number, figures = []) {
    return this.#call('karvan_estimates', figures.join('\n'), number);
  }
  /** @param {number} base @param {number} other @param {string[]} figures */
  differences(base, other, figures = []) {
    return this.#call('karvan_differences', figures.join('\n'), base, other);
  }
}

/** Lines key=value; lists give a line for each item, empty values none. @param {Record<string, any>} values */
export function asLines(values) {
  return Object.entries(values)
    .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((one) => [key, one]))
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
