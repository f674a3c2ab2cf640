// What all views share: the corridor, the engines, the theme, where the page is.
import {WorkerBackend, type Backend} from '../engine/backend';
import {Corridor} from './corridor';

export type View = 'map' | 'plan' | 'whatif' | 'play' | 'data';
export const kViews: View[] = ['map', 'plan', 'whatif', 'play', 'data'];

export const session = $state<{view: View; query: string; theme: 'light' | 'dark'; fault: string}>({
  view: 'map', query: '', theme: 'light', fault: '',
});

let corridorFiles: Promise<Record<string, string>> | undefined;
let module: Promise<WebAssembly.Module> | undefined;
const data = (name: string) => new URL(`data/${name}`, document.baseURI).href;

async function fetched(name: string): Promise<Response> {
  const response = await fetch(data(name));
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
export async function baseMap(): Promise<GeoJSON.FeatureCollection> {
  return (await fetched('base-map.json')).json();
}

// One engine for plans and one for long runs, so that neither waits for the other.
const engines = new Map<string, Promise<Backend>>();
export function engine(purpose: 'plan' | 'simulate'): Promise<Backend> {
  let one = engines.get(purpose);
  if (!one) {
    one = Promise.all([engineModule(), files()]).then(([code, all]) => WorkerBackend.start(code, all));
    engines.set(purpose, one);
  }
  return one;
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
