// The map that all views draw on: land and borders from a file of our own, the corridor's links by
// mode and gauge, its places. Nothing comes from another host; labels are drawn with the page's
// fonts, since the style names no glyphs.
import type {ExpressionSpecification, Map as MapView, StyleSpecification} from 'maplibre-gl';
import type {Corridor, Point, Row} from '../lib/corridor';
import {localName} from '../lib/i18n.svelte';
import {baseMap} from '../lib/session.svelte';
import {drawPoster} from './poster';

export type LinkKind = 'rail_broad' | 'rail_standard' | 'water' | 'road' | 'pipeline';
export const kLinkKinds: LinkKind[] = ['rail_broad', 'rail_standard', 'water', 'road', 'pipeline'];
export const kKindColor: Record<LinkKind, string> = {
  rail_broad: '--rail-broad', rail_standard: '--rail-standard', water: '--water', road: '--road', pipeline: '--pipe',
};

export function kindOf(link: Row): LinkKind {
  if (link.mode === 'sea' || link.mode === 'inland_water') return 'water';
  if (link.mode === 'road') return 'road';
  if (link.mode === 'pipeline') return 'pipeline';
  return link.gauges.includes('1520') ? 'rail_broad' : 'rail_standard';
}

const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const color = css;

function linkFeatures(corridor: Corridor): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: corridor.table('links').rows.map((row) => ({
      type: 'Feature',
      properties: {id: row.id, kind: kindOf(row), open: row.status === 'open', tracks: Number(row.tracks) || 1},
      geometry: {type: 'LineString', coordinates: corridor.lines.get(row.id) ?? []},
    })),
  };
}

// From the lowest to what lies over it; dashes in widths of the line.
export const kLines: {kind: LinkKind; width: number; dash?: [number, number]}[] = [
  {kind: 'pipeline', width: 1.6, dash: [1, 1]},
  {kind: 'road', width: 1.1},
  {kind: 'water', width: 1.7, dash: [2.5, 1.8]},
  {kind: 'rail_standard', width: 2.1},
  {kind: 'rail_broad', width: 2.1},
];

// The places that a map of the whole corridor names; the rest appears on coming nearer.
const kRank: Record<string, number> = {
  seaport: 0, ferry_port: 1, oil_terminal: 2, border_rail: 2, rail_terminal: 1, inland_port: 2, city: 2, border_road: 3, rail_junction: 4,
};
export const kPorts = ['seaport', 'ferry_port', 'oil_terminal', 'inland_port'];
export const kBorders = ['border_rail', 'border_road'];
export function placeFeatures(corridor: Corridor): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: corridor.table('places').rows.map((row) => ({
      type: 'Feature',
      properties: {id: row.id, name: localName(row), kind: row.kind, rank: kRank[row.kind] ?? 3},
      geometry: {type: 'Point', coordinates: [Number(row.lon), Number(row.lat)]},
    })),
  };
}

const byZoom = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as ExpressionSpecification;

export function style(base: GeoJSON.FeatureCollection, corridor: Corridor): StyleSpecification {
  const line = (kind: LinkKind, width: number, dash?: number[]) => ({
    id: `link-${kind}`,
    type: 'line' as const,
    source: 'links',
    filter: ['==', ['get', 'kind'], kind] as ExpressionSpecification,
    layout: {'line-cap': dash ? ('butt' as const) : ('round' as const), 'line-join': 'round' as const},
    paint: {
      'line-color': css(kKindColor[kind]),
      'line-width': byZoom(2, width * 0.6, 5, width, 9, width * 2.2),
      'line-opacity': ['case', ['get', 'open'], 0.9, 0.35] as ExpressionSpecification,
      ...(dash ? {'line-dasharray': dash} : {}),
    },
  });
  return {
    version: 8,
    sources: {
      base: {type: 'geojson', data: base},
      links: {type: 'geojson', data: linkFeatures(corridor), promoteId: 'id'},
      places: {type: 'geojson', data: placeFeatures(corridor), promoteId: 'id'},
      chosen: {type: 'geojson', data: {type: 'FeatureCollection', features: []}},
      flows: {type: 'geojson', data: {type: 'FeatureCollection', features: []}},
    },
    layers: [
      {id: 'sea', type: 'background', paint: {'background-color': css('--sea')}},
      {id: 'land', type: 'fill', source: 'base', filter: ['==', ['get', 'kind'], 'land'], paint: {'fill-color': css('--land')}},
      {id: 'borders', type: 'line', source: 'base', filter: ['==', ['get', 'kind'], 'border'],
        paint: {'line-color': css('--border'), 'line-width': 0.7}},
      {id: 'chosen', type: 'line', source: 'chosen', layout: {'line-cap': 'round', 'line-join': 'round'},
        paint: {'line-color': css('--accent'), 'line-width': byZoom(2, 6, 6, 11), 'line-opacity': 0.3}},
      ...kLines.map(({kind, width, dash}) => line(kind, width, dash)),
      {id: 'flows', type: 'line', source: 'flows', layout: {'line-cap': 'round', 'line-join': 'round'},
        paint: {'line-color': css('--accent'), 'line-opacity': 0.72, 'line-width': ['interpolate', ['linear'], ['zoom'], 2, ['*', 0.5, ['get', 'width']], 6, ['get', 'width']]}},
      {id: 'places', type: 'circle', source: 'places',
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 2, ['case', ['<=', ['get', 'rank'], 1], 2.6, 1.4], 7, ['case', ['<=', ['get', 'rank'], 1], 7, 4.5]],
          'circle-color': ['match', ['get', 'kind'], kPorts, css('--water'), kBorders, css('--warn'), css('--panel')],
          'circle-stroke-color': css('--ink'),
          'circle-stroke-width': byZoom(2, 0.7, 7, 1.5),
        }},
      {id: 'names', type: 'symbol', source: 'places',
        filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 4, 2, 5.5, 3, 6.5, 4]] as ExpressionSpecification,
        layout: {
          'text-field': ['get', 'name'], 'text-font': ['Noto Sans Variable'], 'text-size': byZoom(2, 11, 7, 14),
          'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.6, 'symbol-sort-key': ['get', 'rank'],
        },
        paint: {'text-color': css('--ink'), 'text-halo-color': css('--land'), 'text-halo-width': 1.6}},
    ],
  };
}

type Bounds = [number, number, number, number];
// West, south, east, north: from the Black Sea to the border of China, and for narrow windows the
// Caspian with its two shores.
const kWide: Bounds = [26, 35.5, 82, 50.5];
const kNarrow: Bounds = [38, 35, 62, 50];

export async function createMap(container: HTMLElement, corridor: Corridor): Promise<{map: MapView; base: GeoJSON.FeatureCollection}> {
  const loading = Promise.all([import('./maplibre'), document.fonts.load("14px 'Noto Sans Variable'")]);
  loading.catch(() => {}); // told where it is waited for
  const base = await baseMap();
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
  const bounds = container.clientWidth < 600 ? kNarrow : kWide;
  const poster = await drawPoster(container, base, corridor, bounds);
  const [{makeMap}] = await loading;
  const box = document.createElement('div');
  Object.assign(box.style, {position: 'absolute', inset: '0'});
  container.prepend(box);
  const map = makeMap(box, style(base, corridor), bounds);
  map.once('movestart', () => poster.remove());
  map.once('idle', () => {
    poster.remove();
    container.dataset.idle = 'yes'; // for tests: what waits for the map to be drawn asks this
  });
  return {map, base};
}

export function boundsOf(points: Point[]): Bounds {
  const lons = points.map((p) => p[0]);
  const lats = points.map((p) => p[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
