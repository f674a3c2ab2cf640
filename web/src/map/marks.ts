// Marks for what moves, drawn once for each size and copied after that: where no graphics processor
// helps, copying is several times as fast as filling a path of thousands of circles.
import {color} from './map';

export const kModeColor: Record<string, string> = {rail: '--rail-broad', sea: '--water', road: '--road', inland_water: '--pipe'};
// Radii in steps, so that there are few marks.
const kStep = 0.75;

export class Marks {
  #made = new Map<string, HTMLCanvasElement>();
  #theme = '';

  // Of this mode and about this radius, for a screen of so many device pixels a pixel.
  of(mode: string, radius: number, ratio: number, theme: string): HTMLCanvasElement {
    if (theme !== this.#theme) this.#made.clear();
    this.#theme = theme;
    const size = Math.max(1, Math.round(radius / kStep));
    const key = `${mode} ${size} ${ratio}`;
    let mark = this.#made.get(key);
    if (!mark) this.#made.set(key, (mark = drawn(mode, size * kStep, ratio)));
    return mark;
  }
}

function drawn(mode: string, radius: number, ratio: number): HTMLCanvasElement {
  const half = Math.ceil(radius * 1.4 + 1.5);
  const canvas = Object.assign(document.createElement('canvas'), {width: 2 * half * ratio, height: 2 * half * ratio});
  const pen = canvas.getContext('2d')!;
  pen.scale(ratio, ratio);
  pen.translate(half, half);
  pen.fillStyle = color(kModeColor[mode] ?? '--ink');
  pen.strokeStyle = color('--panel');
  pen.beginPath();
  if (mode === 'sea') {
    pen.moveTo(0, -radius * 1.4);
    pen.lineTo(radius * 1.3, 0);
    pen.lineTo(0, radius * 1.4);
    pen.lineTo(-radius * 1.3, 0);
    pen.closePath();
  } else {
    pen.arc(0, 0, radius, 0, 7);
  }
  pen.fill();
  if (mode !== 'road') pen.stroke();
  return canvas;
}
