// Makes what the page reads: the corridor's files as one JSON, what its first map draws of them, the
// base map, the engine.
//   node scripts/bundle.js [corridor folder] [engine]
import {copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {feature, mesh} from 'topojson-client';
import {parseCsv} from '../src/lib/csv.js';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.argv[2] ?? join(web, '../data/titr');
const engine = process.argv[3] ?? join(web, '../build/wasm/bin/karvan.wasm');
const out = join(web, 'public/data');

// The window of the base map, degrees: west, south, east, north.
const kWindow = [-14, 18, 132, 68];

// Name within the folder and text, as load::read_folder has them.
function corridorFiles(root) {
  const files = {};
  for (const sub of ['', 'scenarios/']) {
    for (const name of readdirSync(join(root, sub)).sort()) {
      if (/\.(csv|toml)$/.test(name)) files[sub + name] = readFileSync(join(root, sub, name), 'utf8');
    }
  }
  return files;
}

// The tables and columns that a map needs before anybody asks it for more: a tenth of all.
const kOutline = {
  'links.csv': ['id', 'from_place', 'to_place', 'mode', 'gauges', 'tracks', 'status'],
  'places.csv': ['id', 'name', 'other_names', 'kind', 'country', 'unlocode', 'lon', 'lat'],
  'shape_points.csv': ['link', 'sequence', 'lon', 'lat'],
};
const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
function outlineOf(files) {
  const cut = ([name, columns]) => {
    const [header, ...records] = parseCsv(files[name]);
    const at = columns.map((column) => header.indexOf(column));
    if (at.includes(-1)) throw new Error(`${name} lacks one of ${columns}`);
    const lines = records.map((cells) => at.map((i) => quoted(cells[i] ?? '')).join(','));
    return [name, `${columns.join(',')}\n${lines.join('\n')}\n`];
  };
  return Object.fromEntries(Object.entries(kOutline).map(cut));
}

// Rings that cross the antimeridian jump by 360 degrees; without the jump they are what they are.
function unwrap(ring) {
  let turn = 0;
  return ring.map(([lon, lat], i) => {
    if (i > 0 && lon - ring[i - 1][0] > 180) turn -= 360;
    if (i > 0 && ring[i - 1][0] - lon > 180) turn += 360;
    return [lon + turn, lat];
  });
}

// Sutherland and Hodgman (1974), one side of the window after the other.
function clip(ring) {
  const [west, south, east, north] = kWindow;
  const sides = [
    [0, west, 1], [0, east, -1], [1, south, 1], [1, north, -1],
  ];
  for (const [axis, limit, sign] of sides) {
    const inside = (p) => sign * (p[axis] - limit) >= 0;
    const result = [];
    ring.forEach((p, i) => {
      const before = ring[(i + ring.length - 1) % ring.length];
      if (inside(p) !== inside(before)) {
        const t = (limit - before[axis]) / (p[axis] - before[axis]);
        result.push([before[0] + t * (p[0] - before[0]), before[1] + t * (p[1] - before[1])]);
      }
      if (inside(p)) result.push(p);
    });
    ring = result;
  }
  return ring;
}

// To a hundredth of a degree, about a kilometer: the coast of 1:50 million knows no better.
const round = ([lon, lat]) => [Math.round(lon * 100) / 100, Math.round(lat * 100) / 100];
const isNew = ([lon, lat], i, line) => i === 0 || lon !== line[i - 1][0] || lat !== line[i - 1][1];

// Islands that would be less than a pixel on a map of a country are left out.
function isSeen(ring) {
  const span = (axis) => Math.max(...ring.map((p) => p[axis])) - Math.min(...ring.map((p) => p[axis]));
  return Math.max(span(0), span(1)) >= 0.15;
}

// Coasts alone; borders between countries are lines of their own.
function land(atlas) {
  const polygons = [];
  for (const {geometry} of feature(atlas, atlas.objects.land).features) {
    for (const part of geometry.coordinates) {
      const rings = part.map((ring) => clip(unwrap(ring)).map(round).filter(isNew)).filter((ring) => ring.length > 2);
      if (rings.length > 0 && isSeen(rings[0])) polygons.push(rings.map((ring) => [...ring, ring[0]]));
    }
  }
  return {type: 'MultiPolygon', coordinates: polygons};
}

function borders(atlas) {
  const [west, south, east, north] = kWindow;
  const within = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
  const lines = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates;
  const kept = lines.map((line) => line.filter(within).map(round).filter(isNew)).filter((line) => line.length > 1);
  return {type: 'MultiLineString', coordinates: kept};
}

mkdirSync(out, {recursive: true});
const files = corridorFiles(folder);
writeFileSync(join(out, 'corridor.json'), JSON.stringify(files));
writeFileSync(join(out, 'outline.json'), JSON.stringify(outlineOf(files)));
const atlasPath = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
const atlas = JSON.parse(readFileSync(atlasPath, 'utf8'));
const asFeature = (geometry, kind) => ({type: 'Feature', properties: {kind}, geometry});
writeFileSync(join(out, 'base-map.json'), JSON.stringify({
  type: 'FeatureCollection',
  features: [asFeature(land(atlas), 'land'), asFeature(borders(atlas), 'border')],
}));
copyFileSync(engine, join(out, 'karvan.wasm'));
