/** The part of a trace that is walked, how fast, and where playing pauses on the way. */

/** A walk whose speed nobody chose begins with so many steps a second, and with each step it is so much faster. */
const SLOW = 2;
const GROWTH = 0.3;

export class Route {
  /** Steps between the ends at which playing pauses, in order. @type {number[]} */
  stops = [];
  /** Seconds for all of it, until somebody chooses a speed. */
  within = Number.POSITIVE_INFINITY;

  /** It begins slowly. */
  gentle = false;

  /** @param {number} steps  @param {number} [every]  each how-manieth there is, and the last */
  constructor(steps, every = 1) {
    this.first = 0;
    this.last = Math.max(0, steps - 1);
    this.every = every;
  }

  /** @param {{ first: number, last: number, stops: number[], within: number }} bounds */
  bound({ first, last, stops, within }) {
    this.first = first;
    this.last = last;
    this.stops = stops.filter((stop) => stop > first && stop < last);
    this.within = within;
  }

  /** The nearest step that is walked. @param {number} index */
  nearest(index) {
    return this.kept(Math.max(this.first, Math.min(this.last, Math.trunc(index) || 0)));
  }

  /** The last step up to this one that there is. @param {number} index */
  kept(index) {
    return index === this.last ? index : index - (index % this.every);
  }

  /** So many steps on, of those there are. @param {number} index  @param {number} count */
  beside(index, count) {
    const place = count < 0 ? Math.ceil(index / this.every) : Math.floor(index / this.every);
    return (place + count) * this.every;
  }

  /** Where playing comes to rest next. @param {number} index */
  after(index) {
    return this.stops.find((stop) => stop > index) ?? this.last;
  }

  /** @param {number} index */
  before(index) {
    return this.stops.findLast((stop) => stop < index) ?? this.first;
  }

  /** Somebody chose a speed. */
  free() {
    this.within = Number.POSITIVE_INFINITY;
    this.gentle = false;
  }

  /**
   * The first steps can be read, then it goes faster until it has its speed.
   * @param {number} rate  @param {number} index
   */
  eased(rate, index) {
    if (!this.gentle || Number.isFinite(this.within)) return rate;
    return Math.min(rate, SLOW + GROWTH * Math.max(0, index - this.first));
  }

  /**
   * Steps a second that take no longer from stop to stop than a share of the time: the same at each step between them,
   *   so that stops may come while it plays.
   * @param {number} index
   */
  pace(index) {
    const begin = this.stops.findLast((stop) => stop <= index) ?? this.first;
    return ((this.after(index) - begin) * (this.stops.length + 1)) / this.within;
  }
}
