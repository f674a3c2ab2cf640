// Marks of all that moves or waits, one call of WebGL a frame: where no graphics processor helps,
// thousands of images on a plain canvas take twenty times as long.
import {color} from './map';

export const kModeColor: Record<string, string> = {rail: '--rail-broad', sea: '--water', road: '--road', inland_water: '--pipe'};
const kModes = Object.keys(kModeColor);
// What a mark is: a thing of a mode, a ring around what was clicked on, a queue, one for the weather, a
// tank as full as its share says.
export type Kind = keyof typeof kKinds;
const kKinds = {rail: 0, sea: 1, road: 2, inland_water: 3, ring: 4, queue: 5, storm: 6, tank: 7};
const kColors = [...kModes.map((mode) => kModeColor[mode]), '--ink', '--warn', '--ink', '--pipe'];
const kNumbers = 5; // of a mark: x, y and radius in pixels of the page, kind, share
const kNone = -1;
const kTankWide = 3.5; // half of it
export const kTankHigh = 11;

// A point is a square (an instance of one costs forty times as much in software); how far from its
// middle a pixel is tells its paint: round, for ships on end, with a rim but on the road.
const kVertex = `#version 300 es
in vec4 mark;
in float share;
uniform vec2 screen;
uniform float ratio;
flat out int kind;
flat out float radius;
flat out float level;
flat out float side;
void main() {
  kind = int(mark.w);
  radius = mark.z * ratio;
  level = share;
  side = 2.0 * ceil(radius * (kind == ${kKinds.sea} ? 1.4 : 1.0) + ratio + 1.0);
  gl_PointSize = side;
  gl_Position = vec4(mark.xy / screen * vec2(2, -2) + vec2(-1, 1), 0, 1);
}`;
const kFragment = `#version 300 es
precision highp float;
flat in int kind;
flat in float radius;
flat in float level;
flat in float side;
uniform vec3 colors[${kColors.length}];
uniform vec3 rim;
uniform float ratio;
out vec4 painted;
vec4 inked(vec3 ink, float cover) { return vec4(ink * cover, cover); }
void main() {
  vec2 at = (gl_PointCoord - 0.5) * side;
  vec3 ink = colors[kind];
  if (kind == ${kKinds.tank}) {
    vec2 wall = vec2(${kTankWide.toFixed(1)}, ${kTankHigh.toFixed(1)}) * ratio - abs(at);
    float in_wall = min(wall.x, wall.y);
    vec3 inside = at.y > (1.0 - 2.0 * level) * ${kTankHigh.toFixed(1)} * ratio ? ink : rim;
    painted = inked(in_wall < 0.5 * ratio ? colors[${kKinds.ring}] : inside, step(-0.5 * ratio, in_wall));
    return;
  }
  float far = kind == ${kKinds.sea} ? (abs(at.x) + abs(at.y)) * 0.73 : length(at);
  float edge = (kind == ${kKinds.road} ? 0.0 : kind >= ${kKinds.ring} ? 0.8 : 0.5) * ratio;
  float whole = clamp(radius + edge + 0.5 - far, 0.0, 1.0);
  float inner = kind == ${kKinds.road} ? 1.0 : clamp(radius - edge + 0.5 - far, 0.0, 1.0);
  if (kind < ${kKinds.ring}) {
    painted = inked(mix(rim, ink, inner), whole);
  } else if (kind == ${kKinds.ring}) {
    painted = inked(ink, whole - inner);
  } else {
    float dash = kind == ${kKinds.storm} ? step(0.5, fract((at.x + at.y) / (7.0 * ratio))) : 1.0;
    painted = inked(ink, 0.22 * inner + 0.9 * dash * (whole - inner));
  }
}`;

// A color of the page; the bundler writes #ffffff as #fff.
const rgb = (name: string) => {
  const hex = color(name).replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255);
};

export class Marks {
  #gl: WebGL2RenderingContext | null;
  #places: Record<'colors' | 'rim' | 'screen' | 'ratio', WebGLUniformLocation | null> = {colors: null, rim: null, screen: null, ratio: null};
  #theme = '';
  #numbers = new Float32Array(1024 * kNumbers);
  #trips = new Int32Array(1024);
  size = 0; // marks of this frame

  constructor(private canvas: HTMLCanvasElement) {
    this.#gl = canvas.getContext('webgl2', {antialias: false, depth: false, premultipliedAlpha: true});
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    canvas.addEventListener('webglcontextrestored', () => this.#start());
    this.#start();
  }
  // Its program, and a buffer of marks.
  #start() {
    const gl = this.#gl;
    if (!gl) return;
    const program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, kVertex], [gl.FRAGMENT_SHADER, kFragment]] as const) {
      const shader = gl.createShader(kind)!;
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.bindAttribLocation(program, 0, 'mark');
    gl.bindAttribLocation(program, 1, 'share');
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    for (const [place, size, from] of [[0, 4, 0], [1, 1, 16]]) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, 4 * kNumbers, from);
    }
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    // Asked for once: the answer comes from another process.
    for (const name of ['colors', 'rim', 'screen', 'ratio'] as const) this.#places[name] = gl.getUniformLocation(program, name);
    this.#theme = '';
  }

  clear() {
    this.size = 0;
  }
  // `of` is what a click on it finds: a trip; none for what does not move.
  add(kind: Kind, x: number, y: number, radius: number, of = kNone, share = 0) {
    const i = this.size++;
    if (i >= this.#trips.length) {
      const numbers = new Float32Array(2 * this.#numbers.length);
      const trips = new Int32Array(2 * this.#trips.length);
      numbers.set(this.#numbers);
      trips.set(this.#trips);
      this.#numbers = numbers;
      this.#trips = trips;
    }
    const at = i * kNumbers;
    this.#numbers[at] = x;
    this.#numbers[at + 1] = y;
    this.#numbers[at + 2] = radius;
    this.#numbers[at + 3] = kKinds[kind];
    this.#numbers[at + 4] = share;
    this.#trips[i] = of;
  }
  // A ring around the mark of this trip, if it is there.
  ring(trip: number) {
    const i = this.#trips.subarray(0, this.size).indexOf(trip);
    if (i < 0) return;
    this.add('ring', this.#numbers[i * kNumbers], this.#numbers[i * kNumbers + 1], 11);
  }
  // The trip whose mark is nearest, if one is near.
  at(x: number, y: number): number | undefined {
    let best = 14 * 14;
    let found: number | undefined;
    for (let i = 0; i < this.size; ++i) {
      const far = (this.#numbers[i * kNumbers] - x) ** 2 + (this.#numbers[i * kNumbers + 1] - y) ** 2;
      if (far >= best || this.#trips[i] === kNone) continue;
      best = far;
      found = this.#trips[i];
    }
    return found;
  }
  draw(theme: string) {
    const gl = this.#gl;
    if (!gl || gl.isContextLost()) return;
    const {canvas} = this;
    const ratio = devicePixelRatio;
    // As many pixels as the screen has where the canvas lies.
    const width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    gl.viewport(0, 0, canvas.width, canvas.height);
    if (theme !== this.#theme) {
      this.#theme = theme;
      gl.uniform3fv(this.#places.colors, kColors.flatMap(rgb));
      gl.uniform3fv(this.#places.rim, rgb('--panel'));
    }
    gl.uniform2f(this.#places.screen, canvas.clientWidth, canvas.clientHeight);
    gl.uniform1f(this.#places.ratio, ratio);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.bufferData(gl.ARRAY_BUFFER, this.#numbers.subarray(0, this.size * kNumbers), gl.STREAM_DRAW);
    gl.drawArrays(gl.POINTS, 0, this.size);
  }
}
