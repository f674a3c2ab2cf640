// node bench/server_load.mjs KARVAN [IDLE [READS]]: how long cheap reads take behind idle
// connections, first alone, then while a simulation runs on all cores. One JSON line each.
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
await ask('DELETE', `/v1/simulations/${id}`);
for (const socket of sockets) socket.destroy();
agent.destroy();
child.kill('SIGTERM');
await new Promise((done) => child.on('exit', done));
rmSync(work, {recursive: true, force: true});
