// @ts-check
// What moves at a moment: trips by the day, places along a way. Positions are in Web Mercator's unit
// square, so that a frame costs one multiplication and one addition a coordinate.

const kDay = 86400;
const kFields = 7;

/** @param {number} lon @param {number} lat @returns {[number, number]} */
export function mercator(lon, lat) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

/** A line with its lengths so far, in the unit square. */
export class Way {
  /** @param {[number, number][]} points degrees */
  constructor(points) {
    const n = Math.max(points.length, 1);
    this.x = new Float64Array(n);
    this.y = new Float64Array(n);
    this.length = new Float64Array(n);
    points.forEach(([lon, lat], i) => {
      [this.x[i], this.y[i]] = mercator(lon, lat);
      if (i > 0) this.length[i] = this.length[i - 1] + Math.hypot(this.x[i] - this.x[i - 1], this.y[i] - this.y[i - 1]);
    });
  }
  /** @param {number} share 0..1 @param {{x: number, y: number}} out */
  at(share, out) {
    const last = this.length.length - 1;
    const want = share * this.length[last];
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.length[middle] <= want) low = middle;
      else high = middle;
    }
    const piece = this.length[high] - this.length[low];
    const part = piece > 0 ? (want - this.length[low]) / piece : 0;
    out.x = this.x[low] + part * (this.x[high] - this.x[low]);
    out.y = this.y[low] + part * (this.y[high] - this.y[low]);
  }
}

export class Trips {
  /**
   * @param {Uint32Array} numbers as apps/browser/trips.h says
   * @param {number} from first second shown @param {number} until
   */
  constructor(numbers, from, until) {
    this.numbers = numbers;
    this.from = from;
    this.days = Math.max(1, Math.ceil((until - from) / kDay));
    /** @type {number[][]} trips under way on each day */
    this.byDay = Array.from({length: this.days}, () => []);
    for (let i = 0; i < this.size; ++i) {
      const first = Math.max(0, Math.floor((this.depart(i) - from) / kDay));
      const last = Math.min(this.days - 1, Math.floor((this.arrive(i) - from) / kDay));
      for (let day = first; day <= last; ++day) this.byDay[day].push(i);
    }
  }
  get size() {
    return Math.floor(this.numbers.length / kFields);
  }
  /** @param {number} i */
  depart(i) {
    return this.numbers[i * kFields];
  }
  /** @param {number} i */
  arrive(i) {
    return this.numbers[i * kFields + 1];
  }
  /** @param {number} i */
  service(i) {
    return this.numbers[i * kFields + 2];
  }
  /** @param {number} i */
  origin(i) {
    return this.numbers[i * kFields + 3];
  }
  /** @param {number} i */
  destination(i) {
    return this.numbers[i * kFields + 4];
  }
  /** @param {number} i */
  vehicle(i) {
    return this.numbers[i * kFields + 5];
  }
  /** Other trips of the same vehicle, in order. @param {number} i */
  sameVehicle(i) {
    const vehicle = this.vehicle(i);
    const list = [];
    for (let k = 0; k < this.size; ++k) if (this.vehicle(k) === vehicle && k !== i) list.push(k);
    return list;
  }
  /** @param {number} i */
  kg(i) {
    return this.numbers[i * kFields + 6];
  }
  /** Calls see(trip, share of its way) for all that moves at that second.
   * @param {number} second @param {(trip: number, share: number) => void} see */
  movingAt(second, see) {
    const day = Math.min(this.days - 1, Math.max(0, Math.floor((second - this.from) / kDay)));
    for (const i of this.byDay[day]) {
      const depart = this.depart(i);
      const arrive = this.arrive(i);
      if (depart <= second && second < arrive) see(i, (second - depart) / (arrive - depart));
    }
  }
}
