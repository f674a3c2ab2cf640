// The engine as the page runs it, in node: the same answers as natively, bad questions told.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {asLines, Engine} from '../src/engine/engine.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const data = join(root, 'build/web/data');
let engine;
let files;

before(async () => {
  files = JSON.parse(readFileSync(join(data, 'corridor.json'), 'utf8'));
  engine = await Engine.start(await WebAssembly.compile(readFileSync(join(data, 'karvan.wasm'))));
  engine.addFiles(files);
  const loaded = engine.load();
  assert.equal(loaded.ok, true, JSON.stringify(loaded.complaints?.[0]));
});

test('a quarter has the fingerprint and the figures of the native program', async () => {
  const native = execFileSync(join(root, 'build/release/bin/fingerprints'), [join(root, 'data/titr')], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
  const [, fingerprint, events, shipments, figures] = native.match(/^quarter: fingerprint (\d+), events (\d+), shipments (\d+), figures (\d+)$/m);
  const opened = engine.world('2024');
  assert.equal(opened.ok, true);
  const compiled = await engine.compile(opened.world, asLines({from: '2024-04-01', days: 91, warm_up_days: 30}));
  assert.equal(compiled.ok, true, JSON.stringify(compiled.errors));
  const answer = await engine.run(compiled.case, 0, false);
  assert.deepEqual([answer.fingerprint, answer.events, answer.shipments, answer.figures_fingerprint], [fingerprint, Number(events), Number(shipments), figures]);
  // The weeks of a ship make up its days: thirteen are 91.
  const days = (list) => list.reduce((sum, one) => sum + one, 0);
  assert.ok(answer.vessels.length > 50);
  for (const ship of answer.vessels) {
    assert.equal(ship.sea_by_week.length, 13);
    const spent = (ship.sailing + ship.ballast) * 91;
    const told = days(ship.sea_by_week);
    assert.ok(Math.abs(told - spent) < 0.2, `${ship.name}: ${told} of ${spent}`);
    for (let week = 0; week < 13; ++week)
      assert.ok(ship.sea_by_week[week] + ship.port_by_week[week] + ship.berth_by_week[week] + ship.weather_by_week[week] < 7.03);
  }
});

const kAsk = {from: 'xian', to: 'constanta', goods: 'machinery', quantity: 80, unit: 'TEU', depart: '2026-03-02'};

test('a plan adds up, stands in the order of arrival and can be questioned', () => {
  const {world} = engine.world('base');
  const answer = engine.plan(world, asLines(kAsk));
  assert.equal(answer.ok, true, answer.message);
  assert.ok(answer.itineraries.length > 3);
  let before = 0;
  for (const way of answer.itineraries) {
    const sum = (list, key) => list.reduce((total, one) => total + one[key], 0);
    const total = sum(way.legs, 'cost_usd') + sum(way.handling, 'cost_usd') + sum(way.handling, 'storage_usd') + sum(way.crossings, 'cost_usd') +
      sum(way.documents, 'cost_usd') - sum(way.through_rates, 'discount_usd');
    assert.ok(Math.abs(total - way.cost_usd) < 1, `${total} is not ${way.cost_usd}`);
    assert.equal(way.handling.length, way.legs.length + 1);
    assert.ok(Date.parse(way.arrive) >= before);
    before = Date.parse(way.arrive);
    assert.equal(way.hire, null);
  }
  const surety = engine.assess(world, 0);
  assert.ok(Date.parse(surety.p10) <= Date.parse(surety.p50) && Date.parse(surety.p50) <= Date.parse(surety.p95));
  const used = engine.whyNot(world, asLines({service: answer.itineraries[0].legs[0].service}));
  assert.equal(used.reason, 'used');
  assert.ok(used.used_by.includes(0));
});

test('hired boxes are paid for until they are back', () => {
  const {world} = engine.world('base');
  const ask = {...kAsk, to: 'poti', quantity: 20, load_unit: 'box40'};
  const own = engine.plan(world, asLines(ask)).itineraries;
  const {itineraries} = engine.plan(world, asLines({...ask, hired_from: 'cr'}));
  for (const way of itineraries) {
    assert.deepEqual([way.hire.operator, way.hire.depot, way.hire.empty_return_usd], ['cr', 'poti', 9000]);
    assert.ok(Date.parse(way.hire.returned) > Date.parse(way.arrive));
  }
  assert.ok(itineraries.at(-1).hire.detention_usd > 0);
  assert.ok(Math.abs(itineraries[0].cost_usd - own[0].cost_usd - 9000) < 0.01);
  assert.ok(engine.assess(world, itineraries.length - 1).detention_usd > 0);
  assert.match(engine.plan(world, asLines({...ask, to: 'tashkent', hired_from: 'cr'})).refusal.message, /takes none of its load units back at Tashkent/);
  assert.match(engine.plan(world, asLines({...ask, hired_from: 'nobody'})).message, /hired_from/);
});

test('an option sent through the corridor fares as natively', async () => {
  const karvan = join(root, 'build/release/karvan');
  const run = (...words) => JSON.parse(execFileSync(karvan, [...words, '--format', 'json', '--quiet'], {encoding: 'utf8', cwd: root, maxBuffer: 1 << 28}));
  const native = run('plan', '--from', 'xian', '--to', 'constanta', '--cargo', '80TEU', '--goods', 'machinery', '--depart', '2026-03-02');
  const {world} = engine.world('base');
  const {itineraries} = engine.plan(world, asLines(kAsk));
  const option = itineraries.findIndex((one) => one.risks.length === 0);
  assert.deepEqual(native.itineraries[option].legs, itineraries[option].legs);
  const known = [];
  const {ok, ...told} = await engine.replay(world, option, 2, ({runs, p50}) => void known.push([runs, p50]));
  assert.equal(ok, true);
  assert.deepEqual(known.map(([runs]) => runs), [0, 1]);
  assert.ok(Date.parse(told.p50) > Date.parse(itineraries[option].depart));
  const {scenario, days, warm_up_days, ...sent} = run('simulate', '--replay', native.itineraries[option].handle, '--replications', '2', '--lose-unserved');
  assert.deepEqual(told, sent);
  assert.deepEqual(await engine.replay(world, option, 2, () => false), {ok: false, message: 'dropped'});
  assert.equal((await engine.replay(world, itineraries.length, 2)).ok, false);
  engine.forget(world);
});

test('k best, one front, a policy, a window, what is booked and what is within reach', () => {
  const ask = {...kAsk, quantity: 20};
  const {world} = engine.world('base');
  const best = engine.plan(world, asLines({...ask, k_best: 3, by: 'cost'}));
  assert.equal(best.itineraries.length, 3, best.message);
  assert.ok(best.itineraries[0].cost_usd <= best.itineraries[1].cost_usd && best.itineraries[1].cost_usd <= best.itineraries[2].cost_usd);
  const front = engine.plan(world, asLines({...ask, to: ['poti', 'constanta'], deadline: '2026-04-10'}));
  assert.deepEqual(new Set(front.itineraries.map((one) => one.legs.at(-1).to)), new Set(['poti', 'constanta']));
  assert.ok(engine.assess(world, 0).on_time > 0);
  assert.match(engine.whyNot(world, asLines({place: 'kuryk'})).message, /one pair/);
  const {policy, itineraries} = engine.plan(world, asLines({...ask, policy: 'yes', via: 'aktau'}));
  assert.equal(policy.aim, 'arrival');
  assert.equal(policy.states[0].place, 'xian');
  for (const state of policy.states) {
    for (const step of state.steps) {
      assert.ok(Date.parse(step.from) < Date.parse(step.until));
      assert.equal(step.next === null, step.act === 'deliver' || step.act === 'stuck');
      if (step.act === 'board') assert.ok(state.is_ready && step.service && policy.states[step.next]);
    }
  }
  const window = engine.plan(world, asLines({...ask, window: 3, days_max: 40}));
  assert.ok(new Set(window.itineraries.map((one) => one.depart)).size > 1);
  const late = engine.plan(world, asLines({...ask, depart: undefined, arrive_by: '2026-04-10', step: 24, days_max: 40}));
  assert.ok(late.itineraries.length > 0 && late.itineraries.every((one) => Date.parse(one.arrive) <= Date.parse('2026-04-10T00:00:00+03:00')));
  const ship = itineraries[0].legs.find((leg) => leg.mode === 'sea');
  const booked = engine.world('base', `service,departs_on,load_unit,units\n${ship.service},${ship.depart.slice(0, 10)},box40,10000\n`);
  assert.equal(booked.ok, true, JSON.stringify(booked.complaints));
  const other = engine.plan(booked.world, asLines({...ask, via: 'aktau'}));
  assert.ok(other.itineraries.length > 0);
  assert.ok(!other.itineraries.some((one) => one.legs.some((leg) => leg.service === ship.service && leg.depart === ship.depart)));
  assert.equal(engine.world('base', 'service,departs_on\n').ok, false);
  const {places} = engine.reach(world, asLines({...ask, to: undefined, days_max: 20, as_planned: 'yes'}));
  assert.ok(places.length > 20 && places.every((one, i) => one.days <= 20 && (i === 0 || Date.parse(places[i - 1].arrive) <= Date.parse(one.arrive))));
  const alone = engine.plan(world, asLines({...ask, to: places.at(-1).place}));
  assert.equal(alone.itineraries[0].arrive, places.at(-1).arrive);
});

test('what is wrong with a question is told', async () => {
  const {world} = engine.world('base');
  for (const [bad, told] of [[{k_best: 21}, /k_best/], [{k_best: 2, by: 'price'}, /by: 'price'/], [{k_best: 2, window: 2}, /k_best/], [{policy: 'yes', budget: 9}, /policy/],
                             [{policy: 'yes', legs_max: 3}, /policy/], [{hard_deadline: 'yes'}, /hard_deadline/], [{to: 'xian'}, /already/], [{window: 399}, /window/]]) {
    const reply = engine.plan(world, asLines({...kAsk, ...bad}));
    assert.match(reply.message ?? reply.refusal?.message ?? '', told, JSON.stringify(bad));
  }
  assert.match(engine.plan(world, asLines({...kAsk, from: 'nowhere'})).message, /from: 'nowhere'/);
  assert.match(engine.plan(world, asLines({...kAsk, quantity: -1})).message, /quantity/);
  assert.match(engine.plan(world, asLines({...kAsk, depart: '2026-02-30'})).message, /depart/);
  assert.match(engine.plan(world, 'rubbish').message, /key=value/);
  assert.match(engine.plan(99, asLines(kAsk)).message, /no such world/);
  assert.match((await engine.compile(world, asLines({from: '2026-01-01', days: 0}))).message, /days/);
  const none = engine.world('no_such_scenario');
  assert.equal(none.ok, false);
  assert.ok(none.complaints.length > 0);
});

test('trips leave before they arrive, in the order of arrival, and differences are paired', async () => {
  const base = engine.world('base');
  const question = asLines({from: '2026-01-01', days: 14, warm_up_days: 7});
  const compiled = await engine.compile(base.world, question);
  assert.equal(compiled.ok, true, JSON.stringify(compiled.errors));
  let steps = 0;
  const answer = await engine.run(compiled.case, 0, true, () => void ++steps);
  assert.equal(answer.ok, true, answer.message);
  assert.equal(steps, 3);
  const trips = engine.trips();
  assert.ok(trips.length > 7 * 100);
  for (let i = 0; i + 7 <= trips.length; i += 7) {
    assert.ok(trips[i] <= trips[i + 1]);
    assert.ok(i === 0 || trips[i - 6] <= trips[i + 1]);
    assert.notEqual(trips[i + 3], trips[i + 4]);
  }
  const flows = engine.flows();
  assert.ok(flows.length > 50);
  for (const flow of flows) {
    assert.ok(flow.tonnes > 0 && flow.from !== flow.to && flow.goods !== '' && flow.service !== '');
  }
  assert.ok(flows.every((flow, i) => i === 0 || flow.tonnes <= flows[i - 1].tonnes));
  const tank = answer.tanks.find((one) => one.room_t > 0);
  assert.equal(tank.tonnes_by_week.length, 2);
  assert.ok(tank.tonnes_by_week.every((tonnes) => tonnes >= tank.least_t && tonnes <= tank.greatest_t));
  const again = await engine.compile(engine.world('storm_winter').world, question);
  await engine.run(again.case, 0, false);
  const same = engine.differences(compiled.case, compiled.case);
  assert.ok(Object.values(same.figures).every(([mean]) => mean === 0));
  const other = engine.differences(compiled.case, again.case);
  assert.ok(Object.values(other.figures).some(([mean]) => mean !== 0));
  const dropped = await engine.run(again.case, 1, false, (share) => share < 0.3);
  assert.equal(dropped.ok, false);
});

test('asking can be dropped on the way, and what is forgotten is gone', async () => {
  const {world} = engine.world('base');
  const question = asLines({from: '2026-01-01', days: 14, warm_up_days: 7});
  const shares = [];
  const dropped = await engine.compile(world, question, (share) => (shares.push(share), share < 0.3));
  assert.equal(dropped.ok, false);
  assert.ok(shares.length > 1 && shares.at(-1) >= 0.3 && shares.at(-1) < 1);
  const compiled = await engine.compile(world, question);
  assert.equal(compiled.ok, true);
  assert.equal(engine.forget(world).ok, true);
  assert.match((await engine.run(compiled.case, 0, false)).message, /no such question/);
  assert.match(engine.plan(world, asLines(kAsk)).message, /no such world/);
});

test('assumed numbers come in groups, each of which can be varied', async () => {
  const {ok, groups} = engine.assumed('berths.');
  assert.equal(ok, true);
  assert.ok(groups.length > 1 && groups.length <= 24);
  const varied = engine.vary(asLines({scenario: 'storm_winter', factor: 1.2, cells: groups[0].cells}));
  assert.equal(varied.ok, true, JSON.stringify(varied.complaints));
  assert.ok(varied.changes > 0);
  assert.deepEqual(engine.assumed('no such thing').groups, []);
  assert.match(engine.vary('factor=1.1').message, /cells/);
  assert.match(engine.vary(asLines({cells: 'berths.aktau_oil.count', factor: -1})).message, /factor/);
  assert.equal(engine.vary(asLines({cells: 'berths.no_such.count', factor: 1.1})).ok, false);
});

// The engine keeps what shippers found for worlds that a planner cannot tell apart: a world compiled
// after another has the run of one compiled alone.
test('what shippers found is used again only where it is the same', async () => {
  const question = asLines({from: '2026-01-01', days: 14, warm_up_days: 7, lose_unserved: 'yes'});
  const cells = ['demand.*.quantity', 'vessels.*.count', 'cranes.*.count', 'berths.*.turnround_hours', 'weather.*.closed_share',
    'crossing_steps.*.hours', 'handling.*.hours'];
  const runOf = async (one, which, factor = 2) => {
    const {world} = one.vary(asLines({cells: which, factor}));
    const compiled = await one.compile(world, question);
    const answer = await one.run(compiled.case, 0, false);
    assert.equal(answer.ok, true, answer.message);
    one.forget(world);
    return [answer.fingerprint, answer.figures_fingerprint];
  };
  const module = await WebAssembly.compile(readFileSync(join(data, 'karvan.wasm')));
  // What a slider moves must matter.
  const seen = new Set([(await runOf(engine, 'demand.*.quantity', 1))[0]]);
  for (const which of cells) {
    const alone = await Engine.start(module);
    alone.addFiles(files);
    alone.load();
    const expected = await runOf(alone, which);
    assert.deepEqual(await runOf(engine, which), expected, which);
    seen.add(expected[0]);
  }
  assert.equal(seen.size, cells.length + 1);
});

test('figures are told by name where they are asked for', () => {
  const all = engine.estimates(0);
  assert.ok(Object.keys(all.figures).length > 1000);
  assert.deepEqual(Object.keys(engine.estimates(0, ['corridor/delivered_t', 'no such figure']).figures), ['corridor/delivered_t']);
  const short = Object.keys(engine.estimates(0, ['facility/*/share_of_short']).figures);
  assert.ok(short.length > 100 && short.every((name) => /^facility\/.*\/share_of_short$/.test(name)));
});
