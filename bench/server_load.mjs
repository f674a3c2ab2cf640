// node bench/server_load.mjs KARVAN [IDLE [READS]]: how long cheap reads take behind idle
// connections, first alone, then while a simulation runs on all cores; of 64 connections that all
// ask at once, beside readers who take nothing of what they asked for; how soon a cancelled
// simulation makes room for the next, and how soon SIGTERM ends it all. One JSON line each.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const [karvan, idle = '2000', reads = '500'] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'karvan-load-'));
const child = spawn(karvan, ['serve', '--port', '0', '--store', join(work, 'store.sqlite')]);
const port = await new Promise((done) => child.stdout.on('data', (text) => {
  const found = /:(\d+)\/\n/.exec(text);
  if (found) done(Number(found[1]));
}));
const agent = new http.Agent({keepAlive: true, maxSockets: 1});
const ask = (method, path, body) => new Promise((done, fail) => {
  const request = http.request({port, method, path, agent, headers: {'content-type': 'application/json'}},
    (response) => {
      let text = '';
      response.on('data', (bytes) => { text += bytes; });
      response.on('end', () => done({status: response.statusCode, text}));
    });
  request.on('error', fail);
  request.end(body);
});
const sockets = [];
for (let i = 0; i < Number(idle); i += 1)
  await new Promise((done, fail) => {
    const socket = net.connect(port, '127.0.0.1', done);
    socket.on('error', fail);
    sockets.push(socket);
  });
async function measure(what) {
  const times = [];
  for (let i = 0; i < Number(reads); i += 1) {
    const begun = process.hrtime.bigint();
    const {status} = await ask('GET', i % 2 ? '/v1/tables/seas' : '/v1/scenarios/storm_winter');
    if (status !== 200) throw new Error(`read gave ${status}`);
    times.push(Number(process.hrtime.bigint() - begun) / 1e6);
  }
  times.sort((a, b) => a - b);
  const at = (share) => Number(times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(2));
  const open = sockets.filter((socket) => !socket.destroyed).length;
  console.log(JSON.stringify({what, idle: open, reads: times.length, p50_ms: at(0.5), p99_ms: at(0.99), max_ms: at(1)}));
}
await ask('GET', '/v1/scenarios/storm_winter');
await measure('alone');
const {text} = await ask('POST', '/v1/simulations', JSON.stringify({replications: 1000}));
const {id} = JSON.parse(text);
while (JSON.parse((await ask('GET', `/v1/simulations/${id}`)).text).replications_done < 1)
  await new Promise((done) => setTimeout(done, 200));
await measure('during a simulation');

// Sixty-four connections, each asking again as soon as it is answered.
const crowd = Array.from({length: 64}, () => new http.Agent({keepAlive: true, maxSockets: 1}));
const askBy = (agent, path) => new Promise((done, fail) => {
  http.get({port, path, agent}, (response) => response.resume().on('end', () => done(response.statusCode))).on('error', fail);
});
async function crowded(what) {
  const times = [];
  const refused = {};
  const until = Date.now() + 5000;
  await Promise.all(crowd.map(async (agent) => {
    while (Date.now() < until) {
      const begun = process.hrtime.bigint();
      const status = await askBy(agent, '/v1/tables/seas');
      times.push(Number(process.hrtime.bigint() - begun) / 1e6);
      if (status !== 200) refused[status] = (refused[status] ?? 0) + 1;
    }
  }));
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({what, connections: crowd.length, answers: times.length, p50_ms: Number(times[times.length >> 1].toFixed(1)), p99_ms: Number(times[Math.floor(times.length * 0.99)].toFixed(1)), refused}));
}
await crowded('64 at once, during a simulation');
const slow = [];
for (let i = 0; i < 64; i += 1) {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  for (let k = 0; k < 8; k += 1) socket.write('GET /v1/corridor/map HTTP/1.1\r\nHost: localhost\r\n\r\n');
  slow.push(socket);
}
await new Promise((done) => setTimeout(done, 1000));
await crowded('the same beside 64 slow readers');
for (const socket of slow) socket.destroy();

// Cancelled: from the question to the moment at which the next one runs.
const next = JSON.parse((await ask('POST', '/v1/simulations', JSON.stringify({replications: 1000, seed: 2}))).text);
const cancelled = process.hrtime.bigint();
await ask('DELETE', `/v1/simulations/${id}`);
while (JSON.parse((await ask('GET', `/v1/simulations/${next.id}`)).text).state === 'queued')
  await new Promise((done) => setTimeout(done, 2));
console.log(JSON.stringify({what: 'the next simulation after a cancelled one', ms: Math.round(Number(process.hrtime.bigint() - cancelled) / 1e6)}));
while (JSON.parse((await ask('GET', `/v1/simulations/${next.id}`)).text).replications_done < 1)
  await new Promise((done) => setTimeout(done, 50));
for (const one of crowd) one.destroy();
for (const socket of sockets) socket.destroy();
agent.destroy();
const ended = process.hrtime.bigint();
child.kill('SIGTERM');
await new Promise((done) => child.on('exit', done));
console.log(JSON.stringify({what: 'SIGTERM during a simulation', ms: Math.round(Number(process.hrtime.bigint() - ended) / 1e6)}));
rmSync(work, {recursive: true, force: true});
