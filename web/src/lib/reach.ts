// The colors of an isochrone, from near to far in five bands of equal days: told apart by every kind of
// color vision and on both grounds.
import type {Reached} from '../engine/answers';
import type {Corridor} from './corridor';

export const kColors = ['#2166ac', '#67a9cf', '#e0d5a3', '#ef8a62', '#b2182b'];
// Of places within `most` days.
export const bandOf = (days: number, most: number) => Math.min(Math.floor((days / most) * kColors.length), kColors.length - 1);
export function bandText(band: number, most: number): string {
  const end = (i: number) => String(Math.round((10 * i * most) / kColors.length) / 10);
  return `${end(band)}–${end(band + 1)}`;
}
export function reachFeatures(corridor: Corridor, places: Reached[], most: number): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    // The nearest last, so that they lie above.
    features: [...places].reverse().map((one) => ({
      type: 'Feature', properties: {color: kColors[bandOf(one.days, most)]}, geometry: {type: 'Point', coordinates: corridor.point(one.place)},
    })),
  };
}
