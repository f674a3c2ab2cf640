// What all views share: the corridor, the engines, the theme, where the page is.
import {WorkerBackend, type Backend} from '../engine/backend';
import {isServed, ServerBackend} from '../engine/server';
import {Corridor} from './corridor';
import {t} from './i18n.svelte';
import {kWatched} from './outcome';

export type View = 'map' | 'plan' | 'whatif' | 'play' | 'data';
export const kViews: View[] = ['map', 'plan', 'whatif', 'play', 'data'];

export type Where = 'browser' | 'server';
export const session = $state<{view: View; query: string; theme: 'light' | 'dark'; where: Where}>({
  view: 'map', query: '', theme: 'light', where: 'browser',
});
export const hasEngine = typeof WebAssembly === 'object' && typeof Worker === 'function';
export const hasServer = isServed();
export function workAt(where: Where) {
  session.where = hasServer && (where === 'server' || !hasEngine) ? 'server' : 'browser';
}

let corridorFiles: Promise<Record<string, string>> | undefined;
let module: Promise<WebAssembly.Module> | undefined;
const data = (name: string) => new URL(`data/${name}`, document.baseURI).href;

async function fetched(name: string): Promise<Response> {
  const response = await fetch(data(name)).catch((error: Error) => {
    throw new Error(`${name}: ${error.message}`);
  });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}
function files() {
  corridorFiles ??= fetched('corridor.json').then((response) => response.json());
  return corridorFiles;
}
// Compiled from its bytes: not every file server names the type that streaming wants.
function engineModule() {
  module ??= fetched('karvan.wasm').then(async (response) => WebAssembly.compile(await response.arrayBuffer()));
  return module;
}

let made: Promise<Corridor> | undefined;
export function corridor(): Promise<Corridor> {
  made ??= files().then((all) => new Corridor(all));
  return made;
}
// What a map of the corridor draws first: places, links and their lines, without what a panel tells.
let outlined: Promise<Corridor> | undefined;
export function outline(): Promise<Corridor> {
  if (made) return made;
  outlined ??= fetched('outline.json').then(async (response) => new Corridor(await response.json()));
  return outlined;
}
let based: Promise<GeoJSON.FeatureCollection> | undefined;
export function baseMap(): Promise<GeoJSON.FeatureCollection> {
  based ??= fetched('base-map.json').then((response) => response.json());
  return based;
}

// One engine for plans and one for long runs, so that neither waits for the other; what must know all
// that moved, or move numbers, is always worked out here.
const engines = new Map<string, Promise<Backend>>();
export function engine(purpose: 'plan' | 'simulate', mayBeServer = false): Promise<Backend> {
  const key = mayBeServer && session.where === 'server' ? `${purpose} on the server` : purpose;
  let one = engines.get(key);
  if (!one) {
    one = key === purpose ? inWorker() : corridor().then((data) => new ServerBackend(document.baseURI, (code) => data.nameOfFacility(code), kWatched));
    // A failed start is tried again.
    one.catch(() => engines.delete(key));
    engines.set(key, one);
  }
  return one;
}
async function inWorker(): Promise<Backend> {
  if (!hasEngine) throw new Error(t('backend_none'));
  const [code, all] = await Promise.all([engineModule(), files()]);
  return WorkerBackend.start(code, all);
}

export function go(view: View, query = '') {
  location.hash = query ? `${view}?${query}` : view;
}
export function readAddress() {
  const [view, query = ''] = location.hash.slice(1).split('?');
  session.view = kViews.includes(view as View) ? (view as View) : 'map';
  session.query = query;
}

export function setTheme(theme: 'light' | 'dark') {
  session.theme = theme;
  document.documentElement.dataset.theme = theme;
}
