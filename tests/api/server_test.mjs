// node server_test.mjs KARVAN CASE: the server through its door, on loopback and the demo corridor.
// Every response is held against api/openapi.yaml. Stands in the root of the checkout.
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync, symlinkSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {parse} from 'yaml';

const [karvan, which] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'karvan-api-'));
const contract = parse(readFileSync('api/openapi.yaml', 'utf8'));
const planSchema = JSON.parse(readFileSync('api/plan.schema.json', 'utf8'));
let faults = 0;
const fault = (...words) => { console.log('FAULT:', ...words); faults += 1; };
const check = (fine, ...words) => { if (!fine) fault(...words); };

// --- the contract -----------------------------------------------------------------------------
// OpenAPI 3.0 says nullable and a boolean exclusiveMinimum; JSON Schema says it otherwise.
function jsonSchema(node) {
  if (Array.isArray(node)) return node.map(jsonSchema);
  if (node === null || typeof node !== 'object') return node;
  const out = {};
  for (const [key, value] of Object.entries(node)) out[key] = jsonSchema(value);
  if (out.nullable) { out.type = [out.type, 'null']; delete out.nullable; }
  if (out.exclusiveMinimum === true) { out.exclusiveMinimum = out.minimum; delete out.minimum; }
  return out;
}
const ajv = new Ajv({strict: false, allErrors: false});
addFormats(ajv);
ajv.addSchema({$id: 'contract', components: jsonSchema(contract.components)});
const planAjv = new Ajv2020({strict: false});
addFormats(planAjv);
const isPlan = planAjv.compile(planSchema);
const resolve = (node) => node?.$ref
  ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], contract) : node;
const validators = new Map();
function validator(schema) {
  const text = JSON.stringify(schema);
  if (!validators.has(text))
    validators.set(text, ajv.compile(JSON.parse(text.replaceAll('"#/', '"contract#/'))));
  return validators.get(text);
}
function operationOf(method, path) {
  for (const [pattern, item] of Object.entries(contract.paths)) {
    if (/\{/.test(pattern) && path in contract.paths) continue;
    const shape = new RegExp('^' + pattern.replace(/\{\w+\}/g, '[^/]+') + '$');
    if (shape.test(path) && item[method.toLowerCase()]) return item[method.toLowerCase()];
  }
  return null;
}
const headersOfAll = ['content-security-policy', 'x-content-type-options', 'x-frame-options'];
function holds(method, path, response, body) {
  const at = `${method} ${path} -> ${response.status}`;
  for (const name of headersOfAll) check(response.headers.get(name), at, 'lacks', name);
  check(!response.headers.get('access-control-allow-origin'), at, 'lets other origins in');
  const operation = operationOf(method, path.split('?')[0]);
  let answer = operation && resolve(operation.responses[response.status]);
  if (!answer) {
    check(response.status >= 400, at, 'is not in the contract');
    answer = contract.components.responses.Problem;
  }
  if (!answer.content) { check(body === '', at, 'has a body'); return; }
  const type = (response.headers.get('content-type') ?? '').split(';')[0];
  const media = answer.content[type];
  if (!media) return fault(at, 'has the type', type);
  if (!/json/.test(type)) return;
  const valid = validator(jsonSchema(media.schema));
  let json;
  try { json = JSON.parse(body); } catch { return fault(at, 'is no JSON'); }
  if (!valid(json)) fault(at, ajv.errorsText(valid.errors).slice(0, 300), body.slice(0, 200));
  if (path === '/v1/plan' && response.status === 200 && !isPlan(json))
    fault(at, planAjv.errorsText(isPlan.errors).slice(0, 300));
}

// --- an outside judge, if asked for ------------------------------------------------------------
// KARVAN_PRISM=node_modules/.bin/prism (@stoplight/prism-cli): requests go through its proxy, which
// holds requests and answers against the contract. Wrong requests are ours; wrong answers are faults.
let prismPort = 4010;
async function prism(port) {
  const door = prismPort++;
  const proxy = spawn(process.env.KARVAN_PRISM, ['proxy', 'api/openapi.yaml', `http://127.0.0.1:${port}`, '--port', String(door), '--cors', 'false']);
  process.on('exit', () => proxy.kill());
  await new Promise((done) => proxy.stdout.on('data', (text) => { if (/listening/.test(text)) done(); }));
  return door;
}
let judgedAnswers = 0;
function judged(method, path, response) {
  if (!process.env.KARVAN_PRISM) return;
  judgedAnswers += 1;
  const violations = JSON.parse(response.headers.get('sl-violations') ?? '[]');
  for (const one of violations)
    if (one.location[0] === 'response' && one.severity === 'Error') fault(`prism: ${method} ${path} -> ${response.status}`, JSON.stringify(one));
}

// --- the server -------------------------------------------------------------------------------
async function serve(...more) {
  const data = more.includes('--data') ? [] : ['--data', 'data/demo'];
  const child = spawn(karvan, ['serve', '--port', '0', ...data, '--store', join(work, 'store.sqlite'), ...more]);
  let said = '';
  let errors = '';
  child.stderr.on('data', (text) => { errors += text; });
  const ended = new Promise((done) => child.on('exit', (code, signal) => done({code, signal})));
  const port = await new Promise((done, give) => {
    child.stdout.on('data', (text) => {
      said += text;
      const found = /:(\d+)\/\n/.exec(said);
      if (found) done(Number(found[1]));
    });
    child.on('exit', () => give(new Error('no server: ' + errors)));
  });
  const door = process.env.KARVAN_PRISM ? await prism(port) : port;
  const ask = async (method, path, body, headers = {}) => {
    const response = await fetch(`http://127.0.0.1:${door}${path}`, {
      method, body: body === undefined ? undefined
        : typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: {...(body === undefined ? {} : {'content-type': 'application/json'}), ...headers},
    });
    const text = await response.text();
    holds(method, path, response, text);
    judged(method, path, response);
    let json = null;
    if (/json/.test(response.headers.get('content-type') ?? '') && text) json = JSON.parse(text);
    return {status: response.status, headers: response.headers, text, json};
  };
  const raw = (text, wait = 3000) => new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1');
    let got = '';
    socket.on('data', (bytes) => { got += bytes; });
    socket.on('error', () => done(got));
    socket.on('close', () => done(got));
    socket.write(text);
    setTimeout(() => socket.destroy(), wait);
  });
  return {child, port, ask, raw, ended, pid: child.pid};
}
async function stop(server) {
  server.child.kill('SIGTERM');
  const {code} = await server.ended;
  check(code === 0, 'SIGTERM ended it with', code);
}
const plan = {from: 'xian', to: 'constanta', cargo: '80TEU', goods: 'machinery', depart: '2026-03-02'};
const scenario = (name, title = 'T') => ({name, title,
  change: [{table: 'places', id: 'aktau', set: {name: title}}]});
const until = async (server, id, wanted) => {
  for (let i = 0; i < 600; i += 1) {
    const {json} = await server.ask('GET', `/v1/simulations/${id}`);
    if (wanted.includes(json?.state)) return json;
    await new Promise((done) => setTimeout(done, 100));
  }
  return null;
};

// Each event of a stream as the contract has it.
async function eventsOf(server, id, query = '') {
  const stream = await fetch(`http://127.0.0.1:${server.port}/v1/simulations/${id}/progress${query}`);
  check(stream.headers.get('content-type') === 'text/event-stream', 'progress is no event stream');
  const schemas = {progress: 'Simulation', figures: 'SimulationFigures'};
  return (await stream.text()).trim().split('\n\n').map((text) => {
    const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(text) ?? [];
    check(schemas[name], 'the contract has no event', text.slice(0, 80));
    const event = {name, data: JSON.parse(data ?? 'null')};
    const valid = validator(jsonSchema({$ref: `#/components/schemas/${schemas[name]}`}));
    if (!valid(event.data)) fault('event', name, ajv.errorsText(valid.errors).slice(0, 300));
    return event;
  });
}
// A comparison is told pair by pair, and at the end as the command line tells it.
async function tightens(server) {
  const {json} = await server.ask('POST', '/v1/simulations', {from: '2026-01-01', days: 730, warm_up: 30, replications: 400,
    compare: 'aktau_closed', lose_unserved: true});
  const wanted = ['corridor/delivered_t', 'facility/*/share_of_short'];
  const events = await eventsOf(server, json.id, `?${wanted.map((one) => `figure=${encodeURIComponent(one)}`).join('&')}`);
  const told = events.filter((one) => one.name === 'figures').map((one) => one.data);
  const early = told.filter((one) => one.replications < 400);
  check(early.length > 1, 'nothing was told before the end of', events.length, 'events');
  check(told.every((one, i) => i === 0 || one.replications > told[i - 1].replications), 'it went back');
  for (const {figures, compared, differences} of told)
    for (const rows of [figures, compared, differences])
      check(rows.length > 1 && rows.every((row) => row.figure === wanted[0] || /^facility\/.*\/share_of_short$/.test(row.figure)), 'other figures were told');
  const {json: result} = await server.ask('GET', `/v1/simulations/${json.id}/result`);
  const said = spawnSync(karvan, ['simulate', '--data', 'data/demo', '--from', '2026-01-01', '--days', '730', '--warm-up', '30', '--replications', '400',
    '--compare', 'aktau_closed', '--lose-unserved', '--format', 'json', '--quiet'], {maxBuffer: 1 << 28});
  const alone = JSON.parse(said.stdout);
  check(JSON.stringify(result.differences) === JSON.stringify(alone), 'the command line tells other differences');
}

const cases = {
  async endpoints() {
    const server = await serve();
    const is = async (status, ...asked) => {
      const answer = await server.ask(...asked);
      check(answer.status === status, asked[0], asked[1], 'gave', answer.status, answer.text.slice(0, 200));
      return answer;
    };
    for (const path of ['/health', '/metrics', '/v1/corridor', '/v1/corridor/map', '/v1/tables',
                        '/v1/tables/links', '/v1/tables/links?confidence=assumed', '/v1/scenarios',
                        '/v1/corridor?scenario=aktau_closed', '/v1/observations', '/v1/simulations',
                        '/v1/scenarios/aktau_closed', '/v1/scenarios/aktau_closed/diff'])
      await is(200, 'GET', path);
    for (const path of ['/v1/corridor', '/v1/tables/places', '/v1/scenarios', '/v1/corridor/map']) {
      const {headers} = await is(200, 'GET', path);
      check(headers.get('etag'), path, 'has no ETag');
      await is(304, 'GET', path, undefined, {'if-none-match': headers.get('etag')});
    }
    await is(404, 'GET', '/v1/scenarios/none');
    await is(404, 'GET', '/v1/results/' + '0'.repeat(32));
    await is(404, 'GET', '/v1/simulations/' + '0'.repeat(32));
    await is(400, 'GET', '/v1/corridor/map?date=never');
    await is(201, 'POST', '/v1/scenarios', scenario('a'));
    await is(409, 'POST', '/v1/scenarios', scenario('a'));
    await is(200, 'PUT', '/v1/scenarios/a', scenario('a', 'U'));
    await is(200, 'POST', '/v1/scenarios/validate', scenario('b'));
    await is(200, 'GET', '/v1/scenarios/a/diff?against=aktau_closed');
    const whole = await is(200, 'POST', '/v1/plan', {...plan, via: ['aktau'], only_mode: ['rail', 'sea'],
      require_country: ['GE'], max_transshipments: 6, budget: 250000});
    check(whole.json.question.via[0] === 'aktau' && whole.json.question.budget_usd === 250000, 'asked for less');
    for (const bad of [{via: ['xian']}, {budget: 0}, {budget: -5}, {max_transshipments: 17}, {require_mode: ['rale']},
                       {k_best: 0}, {k_best: 2, by: 'price'}, {one_front: true, k_best: 2}])
      await is(422, 'POST', '/v1/plan', {...plan, ...bad});
    const hired = await is(200, 'POST', '/v1/plan', {...plan, hired_from: 'black_sea_line'});
    check(hired.json.itineraries.every((one) => one.hire.operator === 'black_sea_line' && one.hire.empty_return_usd > 0), 'hired boxes are not given back');
    await is(422, 'POST', '/v1/plan', {...plan, hired_from: 'nobody'});
    const ranked = await is(200, 'POST', '/v1/plan', {...plan, k_best: 2, by: 'arrival', policy: true});
    check(ranked.json.ranked_by === 'arrival' && ranked.json.policy.states.length > 0, 'no ranking, no policy');
    const pairs = await is(200, 'POST', '/v1/plan', {...plan, to: 'poti,constanta', one_front: true});
    check(pairs.json.pairs.length === 2, 'not both pairs');
    const full = {service: 'ktz_block_west', departs_on: '2026-03-10', load_unit: 'box40', units: 10};
    const booked = await is(200, 'POST', '/v1/plan', {...plan, booked: [full], why_not: ['service:ady_poti_east']});
    check(!booked.text.includes('2026-03-10T08:00:00+05:00'), 'a booked departure is used');
    check(booked.json.why_not[0].nearest?.legs.length > 0, 'the nearest way is not told');
    const wrong = await is(422, 'POST', '/v1/plan', {...plan, booked: [full, {...full, load_unit: 'box41'}]});
    check(wrong.json.errors?.[0]?.pointer === '#/booked/1/load_unit', 'the fault is elsewhere:', wrong.text.slice(0, 300));
    for (const bad of [{booked: [{}]}, {booked: 'x'}, {booked: [{...full, units: -1}]}, {booked: [{...full, seats: 1}]}, {step: 0},
                       {window: 401}, {hard_deadline: true}, {page: 'later'}, {handle: 'k1x'}, {refresh: 'k1x'}, {policy: true, legs: 3}])
      await is(422, 'POST', '/v1/plan', {...plan, ...bad});
    const late = await is(200, 'POST', '/v1/plan', {...plan, depart: undefined, arrive_by: '2026-04-10', window: 5, step: 24, days: 60});
    check(late.json.question.window_hours === 120 && late.json.question.arrive_by, 'no window was asked');
    await is(200, 'POST', '/v1/plan', {...plan, deadline: '2026-04-10', hard_deadline: true});
    await is(200, 'POST', '/v1/plan', {handle: booked.json.handle, page: 'later'});
    const anew = await is(200, 'POST', '/v1/plan', {refresh: booked.json.itineraries[0].handle, scenario: 'aktau_closed'});
    check(anew.json.changes.length > 0, 'nothing changed where Aktau is closed');
    const matrix = await is(200, 'POST', '/v1/plan/matrix', {...plan, from: 'xian,poti', to: 'poti,constanta'});
    check(matrix.json.length === 3 && matrix.json.every((row) => row.options > 0), 'the matrix', matrix.text.slice(0, 200));
    await is(422, 'POST', '/v1/plan/matrix', {...plan, k_best: 2});
    const {to: _, ...away} = plan;
    const near = await is(200, 'POST', '/v1/plan/isochrone', {...away, days: 30, as_planned: true});
    check(near.json.features.length > 3 && near.json.features.every((one) => one.properties.days <= 30), 'the isochrone');
    await is(422, 'POST', '/v1/plan/isochrone', away);
    const first = await is(200, 'POST', '/v1/plan', {...plan, scenario: 'a', why_not: ['place:aktau']});
    const again = await is(200, 'POST', '/v1/plan', {...plan, scenario: 'a', why_not: ['place:aktau']});
    check(first.text === again.text, 'the same question got another answer');
    const link = await is(200, 'GET', first.headers.get('content-location'));
    check(link.text === first.text, 'the link shows another answer');
    await is(204, 'DELETE', '/v1/scenarios/a');
    await is(200, 'GET', '/v1/point-to-point-routes?placeOfReceipt=xian&placeOfDelivery=constanta&departureStartDate=2026-03-02');
    await is(400, 'GET', '/v1/point-to-point-routes?placeOfReceipt=xian');
    await stop(server);
  },
  async simulations() {
    const server = await serve();
    const question = {from: '2026-01-01', days: 60, warm_up: 30, replications: 3, compare: 'aktau_closed',
                      lose_unserved: true, events: true};
    const posted = await server.ask('POST', '/v1/simulations', question);
    check(posted.status === 202, 'a new simulation gave', posted.status, posted.text);
    const {id} = posted.json;
    const last = (await eventsOf(server, id)).at(-1).data;
    check(last.state === 'done', 'the last event says', last.state, JSON.stringify(last.error));
    const result = await server.ask('GET', `/v1/simulations/${id}/result`);
    check(result.status === 200 && result.json.fingerprints.length === 3, 'the result', result.text.slice(0, 200));
    check(result.json.differences.length > 0, 'nothing was compared');
    const log = await server.ask('GET', `/v1/simulations/${id}/events`);
    check(log.text.startsWith('event_time,shipment,'), 'the log begins', log.text.slice(0, 80));
    const again = await server.ask('POST', '/v1/simulations', question);
    check(again.status === 200 && again.json.id === id, 'asked again it gave', again.status);
    await tightens(server);
    // Cancelled: told at once, and the next one is not kept waiting by it.
    const long = await server.ask('POST', '/v1/simulations', {days: 3660, replications: 1000, lose_unserved: true, from: '2026-01-01'});
    check(long.status === 202, 'a long one gave', long.status);
    await until(server, long.json.id, ['running', 'failed']);
    const cancelled = await server.ask('DELETE', `/v1/simulations/${long.json.id}`);
    check(cancelled.json.state === 'cancelled', 'cancelled is', cancelled.json.state);
    const next = await server.ask('POST', '/v1/simulations', {...question, seed: 2, replications: 1});
    const done = await until(server, next.json.id, ['done', 'failed']);
    check(done?.state === 'done', 'after a cancelled one:', JSON.stringify(done));
    // The queue has an end.
    let full = null;
    for (let seed = 0; seed < 20 && !full; seed += 1) {
      const one = await server.ask('POST', '/v1/simulations', {days: 3660, replications: 1000, seed, lose_unserved: true, from: '2026-01-01'});
      if (one.status === 429) full = one;
    }
    check(full?.headers.get('retry-after'), 'no end of the queue, or no Retry-After');
    await stop(server);
  },
  // Long plans have a queue of their own, which has an end; others are answered meanwhile, and so is
  // what was answered before.
  async long_plans() {
    const server = await serve();
    const known = {...plan, k_best: 1};
    check((await server.ask('POST', '/v1/plan', known)).status === 200, 'no k best');
    const asked = Array.from({length: 40}, (_, i) => server.ask('POST', '/v1/plan/isochrone', {...plan, to: undefined, days: 400, window: 0, cargo: `${i + 1}TEU`}));
    const meanwhile = await server.ask('POST', '/v1/plan', {...plan, cargo: '2TEU'});
    check(meanwhile.status === 200, 'a short question had to wait:', meanwhile.status);
    check((await server.ask('POST', '/v1/plan', known)).status === 200, 'an answer from the store had to wait');
    const answers = await Promise.all(asked);
    const refused = answers.filter((one) => one.status === 429);
    check(refused.length > 0 && refused.every((one) => one.headers.get('retry-after')), 'no end of the queue, or no Retry-After');
    // As many as may wait, and the one at work if it was taken up before the others came.
    check(answers.filter((one) => one.status === 200).length >= 8, 'answered were', answers.filter((one) => one.status === 200).length);
    check((await server.ask('POST', '/v1/plan', {...plan, k_best: 2})).status === 200, 'afterwards there is no room');
    await stop(server);
  },
  // Who hangs up frees the room of a long plan: what waits leaves the queue, what runs stops soon.
  async hang_up() {
    const server = await serve('--data', 'data/titr');
    const cancelled = async () => {
      const {text} = await server.ask('GET', '/metrics');
      return ['waiting', 'running'].map((when) => Number(new RegExp(`cancelled_total{when="${when}"} (\\d+)`).exec(text)[1]));
    };
    const becomes = async (wanted, what) => {
      const begun = Date.now();
      while (JSON.stringify(await cancelled()) !== JSON.stringify(wanted)) {
        if (Date.now() - begun > 20000) return check(false, what, 'is told as', await cancelled(), 'not', wanted);
        await new Promise((done) => setTimeout(done, 50));
      }
    };
    // Minutes of work, if nobody stops it.
    const endless = (cargo) => {
      const body = JSON.stringify({...plan, cargo: `${cargo}TEU`, window: 200, days: 200, step: 1});
      const socket = net.connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(`POST /v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      return socket;
    };
    const first = endless(1);
    await new Promise((done) => setTimeout(done, 1000));
    const others = [2, 3, 4, 5, 6, 7, 8, 9].map(endless);
    const full = async () => (await server.ask('POST', '/v1/plan', {...plan, k_best: 2})).status;
    let refused = 0;
    for (let i = 0; i < 100 && refused !== 429; i += 1) {
      refused = await Promise.race([full(), new Promise((done) => setTimeout(done, 100, 0))]);
      if (refused === 0) break; // it waits: there was room
    }
    others.forEach((one) => one.destroy());
    await becomes([8, 0], 'what waited');
    first.destroy();
    await becomes([8, 1], 'what ran');
    check(refused === 429, 'the queue was not full:', refused);
    check(await full() === 200, 'the room is not free');
    // Half of a connection closed is no answer lost.
    const half = endless(10);
    let said = '';
    half.on('data', (bytes) => { said += bytes; });
    await new Promise((done) => setTimeout(done, 1000));
    half.end();
    await new Promise((done) => half.on('close', done));
    check(/^HTTP\/1.1 503/.test(said), 'who closed its half hears', said.slice(0, 60));
    await becomes([8, 2], 'what ran for it');
    await stop(server);
  },
  async attacks() {
    const web = join(work, 'web');
    mkdirSync(join(web, 'assets'), {recursive: true});
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>k</title>');
    writeFileSync(join(web, 'assets', 'a.js'), '1');
    writeFileSync(join(work, 'secret.txt'), 'secret');
    symlinkSync(join(work, 'secret.txt'), join(web, 'link.txt'));
    const server = await serve('--web', web, '--request-seconds', '1');
    const page = await fetch(`http://127.0.0.1:${server.port}/`);
    check(page.status === 200 && page.headers.get('content-type').startsWith('text/html'), 'no page');
    check(!/unsafe-inline|https?:/.test(page.headers.get('content-security-policy')), 'CSP is open');
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '//secret.txt',
                        '/link.txt', '/assets/%2e%2e/%2e%2e/secret.txt', '/..\\secret.txt', '/index.html/']) {
      const got = await server.raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      check(/^HTTP\/1.1 40[04]/.test(got) && !got.includes('secret\n') && !got.endsWith('secret'), path, 'gave', got.slice(0, 60));
    }
    const status = async (text, wait) => /^HTTP\/1.1 (\d+)/.exec(await server.raw(text, wait))?.[1];
    check(await status('GET / HTTP/1.1\r\nHost: localhost\r\n', 4000) === '408', 'a slow header is not told 408');
    check(await status('POST /v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{', 4000) === '408', 'a slow body is not told 408');
    check(await status('NONSENSE\r\n\r\n') === '400', 'nonsense is not told 400');
    check(await status(`GET / HTTP/1.1\r\nX: ${'x'.repeat(40000)}\r\n\r\n`) === '431', 'a large header is not told 431');
    check(await status('POST /v1/plan HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n') === '413', 'a huge body is not told 413');
    check(await status('GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n') === '421', 'another host is heard');
    for (const [body, wanted] of [['[' .repeat(100000), 400], ['{"a":'.repeat(50) + '1' + '}'.repeat(50), 400],
                                  ['', 400], ['null', 422], ['[]', 422], ['{"from":{}}', 422], ['\u0000', 400],
                                  [new Uint8Array([0x22, 0xff, 0x22]), 400]]) {
      const answer = await server.ask('POST', '/v1/plan', body);
      check(answer.status === wanted, 'the body', String(body).slice(0, 20), 'gave', answer.status);
    }
    check((await server.ask('GET', '/health', undefined, {origin: 'http://evil.example'})).status === 403, 'another origin is heard');
    await stop(server);
  },
  // What was acknowledged is there after a kill -9 at any moment.
  async kill() {
    const known = new Map();
    for (let round = 0; round < 4; round += 1) {
      const server = await serve();
      for (const name of known.keys())
        check((await server.ask('GET', `/v1/scenarios/${name}`)).json?.title === known.get(name), name, 'is lost');
      const wait = 60 + 70 * round;
      setTimeout(() => server.child.kill('SIGKILL'), wait);
      // A request that is cut off may never be settled.
      const killed = server.ended.then(() => { throw new Error('killed'); });
      killed.catch(() => {});
      try {
        for (let i = 0; ; i += 1) {
          const name = `s${round}_${i}`;
          const answer = await Promise.race([server.ask('POST', '/v1/scenarios', scenario(name, name)), killed]);
          if (answer.status === 201) known.set(name, name);
        }
      } catch { /* killed */ }
      check((await server.ended).signal === 'SIGKILL', 'it ended otherwise');
    }
    const server = await serve();
    for (const name of known.keys())
      check((await server.ask('GET', `/v1/scenarios/${name}`)).status === 200, name, 'is lost');
    check(known.size > 0, 'nothing was saved');
    console.log(`${known.size} scenarios acknowledged over 4 kills, all there`);
    await stop(server);
  },
  // Requests drawn from the contract, wrong in every way; only documented answers, no growth.
  async fuzz() {
    const server = await serve();
    let state = Number(process.env.KARVAN_SEED ?? 1);
    const draw = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor(state / 65536) % n; };
    const pick = (list) => list[draw(list.length)];
    const odd = () => pick([null, true, 0, -1, 1.5, 1e300, 99999999999, '', 'x', 'xian', 'base', '2026-03-02', '\u0000',
                            'é'.repeat(900), [], [[]], ['x'], {}, {a: 1}, '-'.repeat(5000), '../..', "'; DROP TABLE scenarios"]);
    const bodyOf = (operation) => {
      const media = resolve(operation.requestBody)?.content['application/json'];
      if (!media) return undefined;
      const schema = resolve(media.schema);
      const body = {};
      for (const [key, property] of Object.entries(schema.properties))
        if (draw(2) === 0) body[key] = draw(3) === 0 ? odd() : plan[key] ?? (property.type === 'array' ? [odd()] : odd());
      if ('days' in schema.properties) body.days = pick([1, 5, 0, 'x', 4000]);
      if (draw(8) === 0) body[String(odd())] = odd();
      return draw(10) === 0 ? odd() : body;
    };
    const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
      ['get', 'post', 'put', 'delete'].filter((method) => item[method]).map((method) => [path, method, item[method]]))
      .filter(([path]) => !path.endsWith('/progress'));
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
    const end = Date.now() + Number(process.env.KARVAN_FUZZ_SECONDS ?? 5) * 1000;
    let asked = 0;
    let warm = 0;
    while (Date.now() < end) {
      const [path, method, operation] = pick(operations);
      let url = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(pick(['links', 'a', '0'.repeat(32), odd()])).slice(0, 100)) || 'x');
      const query = (operation.parameters ?? []).map(resolve).filter((one) => one.in === 'query' && draw(2) === 0)
        .map((one) => `${one.name}=${encodeURIComponent(String(odd()).slice(0, 300))}`);
      if (query.length) url += '?' + query.join('&');
      const answer = await server.ask(method.toUpperCase(), url, bodyOf(operation));
      check(answer.status !== 500, method, url, 'is our fault');
      asked += 1;
      if (asked === 100) warm = memory();
      if (asked % 50 === 0)
        for (const one of (await server.ask('GET', '/v1/simulations')).json.simulations)
          await server.ask('DELETE', `/v1/simulations/${one.id}`);
    }
    if (warm) check(memory() < warm + 200000, 'memory grew from', warm, 'to', memory(), 'kB');
    console.log(`${asked} requests drawn`);
    await stop(server);
  },
  async token() {
    const file = join(work, 'token');
    writeFileSync(file, '0123456789abcdef0123\n');
    const refused = spawn(karvan, ['serve', '--address', '0.0.0.0', '--port', '0', '--data', 'data/demo', '--store', join(work, 'x')]);
    check(await new Promise((done) => refused.on('exit', done)) === 2, 'it listens to all without a token');
    const server = await serve('--token-file', file);
    check((await server.ask('GET', '/v1/scenarios')).status === 401, 'no token is asked for');
    check((await server.ask('GET', '/v1/scenarios', undefined, {authorization: 'Bearer 0123456789abcdef0123'})).status === 200, 'the token is not taken');
    await stop(server);
  },
};

try {
  await cases[which]();
} catch (error) {
  fault(error.stack);
}
rmSync(work, {recursive: true, force: true});
if (process.env.KARVAN_PRISM) console.log(`${judgedAnswers} answers judged by prism`);
process.exit(faults === 0 ? 0 : 1);
