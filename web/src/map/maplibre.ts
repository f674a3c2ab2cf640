// The only file that knows MapLibre's code, the largest part of the page: fetched beside the data.
import {Map as MapView, NavigationControl, ScaleControl, setWorkerUrl, type StyleSpecification} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
// A production build has no map without its worker named by hand.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import {kPadding} from './poster';

setWorkerUrl(workerUrl);

export function makeMap(container: HTMLElement, style: StyleSpecification, bounds: [number, number, number, number]): MapView {
  const map = new MapView({
    container,
    style,
    bounds,
    fitBoundsOptions: {padding: kPadding},
    minZoom: 2,
    maxZoom: 11,
    maxBounds: [[-14, 14], [132, 68]],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0, // each frame of a fade costs as much as the first
    canvasContextAttributes: {preserveDrawingBuffer: true},
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({showCompass: false}), 'bottom-right');
  map.addControl(new ScaleControl({}), 'bottom-left');
  return map;
}
