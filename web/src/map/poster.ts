// The first picture of the corridor, drawn at once of the same data in the same place: it stands until
// the map that moves has its programs compiled, its tiles cut and its names set.
import type {Corridor, Point} from '../lib/corridor';
import {mercator} from '../lib/playback.js';
import {color, kBorders, kindOf, kKindColor, kLines, kPorts, placeFeatures} from './map';

export const kPadding = 20; // around the bounds, pixels

// Done when it is on the screen.
export async function drawPoster(container: HTMLElement, base: GeoJSON.FeatureCollection, corridor: Corridor, [west, south, east, north]: [number, number, number, number]) {
  const canvas = document.createElement('canvas');
  const width = container.clientWidth, height = container.clientHeight;
  const ratio = devicePixelRatio;
  Object.assign(canvas, {width: Math.round(width * ratio), height: Math.round(height * ratio)});
  Object.assign(canvas.style, {position: 'absolute', inset: '0', width: '100%', height: '100%', pointerEvents: 'none'});
  canvas.setAttribute('aria-hidden', 'true');
  const [x0, y0] = mercator(west, north);
  const [x1, y1] = mercator(east, south);
  const scale = Math.max(1, Math.min((width - 2 * kPadding) / (x1 - x0), (height - 2 * kPadding) / (y1 - y0)));
  // In memory: handing it to a graphics processor that is just starting takes longer.
  const pen = canvas.getContext('2d', {willReadFrequently: true})!;
  pen.scale(ratio, ratio);
  pen.fillStyle = color('--sea');
  pen.fillRect(0, 0, width, height);
  pen.translate(width / 2, height / 2);
  const trace = (line: Point[]) => line.forEach((point, i) => {
    const [x, y] = mercator(...point);
    const at: Point = [(x - (x0 + x1) / 2) * scale, (y - (y0 + y1) / 2) * scale];
    if (i === 0) pen.moveTo(...at);
    else pen.lineTo(...at);
  });
  const lines = (all: Iterable<Point[]>, ink: string, wide: number) => {
    pen.beginPath();
    for (const line of all) trace(line);
    pen.strokeStyle = ink;
    pen.lineWidth = wide;
    pen.stroke();
  };
  for (const {geometry} of base.features) {
    if (geometry.type === 'MultiPolygon') {
      pen.beginPath();
      for (const ring of geometry.coordinates.flat()) trace(ring as Point[]);
      pen.fillStyle = color('--land');
      pen.fill('evenodd');
    } else if (geometry.type === 'MultiLineString') {
      lines(geometry.coordinates as Point[][], color('--border'), 0.7);
    }
  }
  const kFar = 0.85; // lines and marks seen from far, as the map's own
  for (const {kind, width: wide, dash = []} of kLines) {
    pen.setLineDash(dash.map((part) => part * wide * kFar));
    for (const isOpen of [false, true]) {
      const links = corridor.table('links').rows.filter((row) => kindOf(row) === kind && (row.status === 'open') === isOpen);
      pen.globalAlpha = isOpen ? 0.9 : 0.35;
      lines(links.map((row) => corridor.lines.get(row.id) ?? []), color(kKindColor[kind]), wide * kFar);
    }
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  for (const {properties, geometry} of placeFeatures(corridor).features) {
    const [x, y] = mercator(...((geometry as GeoJSON.Point).coordinates as Point));
    pen.beginPath();
    pen.arc((x - (x0 + x1) / 2) * scale, (y - (y0 + y1) / 2) * scale, properties?.rank <= 1 ? 4.2 : 2.5, 0, 7);
    pen.fillStyle = color(kPorts.includes(properties?.kind) ? '--water' : kBorders.includes(properties?.kind) ? '--warn' : '--panel');
    pen.strokeStyle = color('--ink');
    pen.lineWidth = 1;
    pen.fill();
    pen.stroke();
  }
  container.append(canvas);
  await new Promise<void>((shown) => requestAnimationFrame(() => setTimeout(shown)));
  performance.mark('karvan first map');
  return canvas;
}
