/** The walk in time: which step is shown now, and which comes next. Knows no DOM. */
import { BLOCK, EXACT_FROM, fastest, SLOWEST } from "../words/vocabulary.js";
import { comingBlocks, furthest, nearBlocks } from "./ahead.js";
import { StepBuffer } from "./buffer.js";
import { Route } from "./route.js";

/** Frames a second the player plans for. */
const FRAMES = 60;

/** Seconds of playback kept ahead of the play head. */
const AHEAD = 2;

/** Seconds a finished walk is looked at before it begins again. */
const REST = 0.8;

/** Values in the windows of the steps kept. */
const ROOM = 2_000_000;

/**
 * @typedef {object} Audience
 * @property {(step: Step, inspected: boolean) => void} show  this step is the one to be seen now
 * @property {(index: number) => void} await  this step is looked at, and on its way
 * @property {() => void} change  playing, speed, loop or waiting changed
 * @property {() => void} end  the last step was reached by playing
 * @property {(error: Error) => void} fail  steps could not be fetched; those that are here are walked on
 * @property {() => void} found  they can be fetched again
 */

export class Player {
  #position = 0;
  #last = -1;
  #playing = false;
  #waiting = false; // steps are on their way; the play head stands still
  #shown = -1;
  #lost = false;
  #speed = 1;
  /** Steps a second now: fast enough between stops that a walk is as short as it shall be. */
  #rate = 1;
  /** Where playing comes to rest next. */
  #until = 0;
  /** @type {number | null} */
  #inspected = null;

  /**
   * @param {{ steps: number, index: number, source: StepSource, clock: import("./clock.js").Clock, audience: Audience,
   *           ready?: readonly Step[], cells?: number, row?: number, every?: number, seen?: () => boolean }} settings
   *   cells: values in one window; row: steps to the one below;
   *   every: the source has each how-manieth step, a power of two, and the last
   */
  constructor({ steps, index, source, clock, audience, ready = [], cells = 9, row = 0, every = 1, seen = () => true }) {
    this.steps = steps;
    this.clock = clock;
    this.audience = audience;
    this.row = row;
    this.loop = false;
    this.route = new Route(steps, every);
    this.led = false; // by another player, with which it goes
    /** Out of sight, time stands still. */
    this.seen = seen;
    /** The step shown, or on its way. */
    this.index = this.route.nearest(index);
    this.#position = this.index;
    const size = cells > 4096 ? 8 : BLOCK;
    const limit = Math.max(8, Math.min(128, Math.floor(ROOM / (2 * cells * size))));
    this.buffer = new StepBuffer({
      source,
      total: steps,
      size,
      limit,
      arrived: () => this.#arrived(),
      failed: (error) => this.#failed(error),
    });
    this.buffer.add(ready);
  }

  get playing() {
    return this.#playing;
  }

  get waiting() {
    return this.#waiting;
  }

  get speed() {
    return this.#rate;
  }

  set speed(speed) {
    this.#speed = Math.max(SLOWEST, Math.min(fastest(this.steps), speed || SLOWEST));
    this.route.free();
    this.#aim();
    this.#prefetch();
    this.audience.change();
  }

  /** Walk a part of the steps, and pause on the way. @param {Parameters<Route["bound"]>[0]} bounds */
  bound(bounds) {
    this.route.bound(bounds);
    if (this.index !== this.route.nearest(this.index)) this.seek(this.index);
    else this.#aim();
    this.audience.change();
  }

  #aim() {
    this.#until = this.route.after(this.index);
    this.#rate = Math.max(this.#speed, Math.min(fastest(this.steps), this.route.pace(this.index)));
  }

  /** Steps a second at this place: a walk whose speed nobody chose begins slowly. */
  get #pace() {
    return this.route.eased(this.#rate, this.index);
  }

  /** Show the first step. */
  begin() {
    this.seek(this.index);
  }

  play() {
    if (this.#playing || this.steps < 1) return;
    this.buffer.resume();
    if (this.index >= this.route.last) this.seek(this.route.first);
    this.release();
    this.#aim();
    this.#playing = true;
    // too fast to be read, the walk begins with the next frame; a slow one rests where it is
    this.#position = this.index + (this.#pace >= EXACT_FROM ? 1 : 0);
    this.#last = -1;
    this.clock.add(this.#tick);
    this.#prefetch();
    this.audience.change();
  }

  pause() {
    if (!this.#playing) return;
    this.#playing = false;
    this.clock.delete(this.#tick);
    this.audience.change();
  }

  /** @param {number} index */
  seek(index) {
    this.index = this.route.nearest(index);
    this.#position = this.index;
    this.#aim();
    this.#inspected = null;
    this.buffer.resume();
    this.#present();
  }

  /** Walk on by so many steps, and stand. @param {number} count */
  walk(count) {
    this.pause();
    this.seek(this.route.beside(this.index, count));
  }

  /** On to the next stop, at once when the walk is under way; to the next step where there are none. */
  onward() {
    const stops = this.route.stops.length > 0;
    if (stops && !this.#playing) return this.play();
    this.pause();
    this.seek(stops ? this.#until : this.route.beside(this.index, 1));
  }

  /** Back to the stop before; to the step before where there are none. */
  backward() {
    this.pause();
    this.seek(this.route.stops.length ? this.route.before(this.index) : this.route.beside(this.index, -1));
  }

  /** Look at another step for a moment. @param {number} index */
  inspect(index) {
    const inspected = this.route.kept(index);
    if (inspected === this.#inspected) return;
    this.#inspected = inspected;
    this.#present();
  }

  /** Back from inspecting. */
  release() {
    if (this.#inspected === null) return;
    this.#inspected = null;
    this.#present();
  }

  get inspected() {
    return this.#inspected;
  }

  /** Ask again after a failure. */
  retry() {
    this.buffer.resume();
    this.#present();
    if (!this.buffer.busy) this.#find();
  }

  close() {
    this.pause();
    this.buffer.close();
  }

  /** Each how-manieth step is shown at this speed: one a frame, by powers of two. */
  get level() {
    return Math.max(Math.log2(this.route.every), Math.floor(Math.log2(this.#pace / FRAMES)));
  }

  /** @param {number} now  milliseconds */
  #tick = (now) => {
    const elapsed = this.#last < 0 ? 0 : Math.min(now - this.#last, 250) / 1000;
    this.#last = now;
    if (this.#inspected !== null || !this.seen()) return;
    this.#position += elapsed * this.#pace;
    if (this.index >= this.#until) return this.#rest();
    this.#advance();
  };

  #advance() {
    const goal = this.#goal();
    if (goal <= this.index) return;
    const step = furthest(this.buffer, goal, this.index, 2 ** this.level);
    if (step) {
      this.index = step.index;
      this.#show(step, false);
    }
    if (!step || step.index < goal) this.#position = Math.min(this.#position, this.index + 2 ** this.level);
    this.#wait(!step);
    this.#prefetch();
  }

  /** The step that is due now. */
  #goal() {
    if (this.#position >= this.#until) return this.#until;
    const every = 2 ** this.level;
    return Math.floor(this.#position / every) * every;
  }

  #rest() {
    if (this.index < this.route.last) this.pause();
    else if (!this.loop) {
      this.pause();
      this.audience.end();
    } else if (this.#position >= this.route.last + Math.max(1, REST * this.#rate)) {
      this.seek(this.route.first);
    }
  }

  /** Show the step that is wanted as soon as it is here. */
  #present() {
    const index = this.#inspected ?? this.index;
    const step = this.buffer.get(index);
    if (step) this.#show(step, this.#inspected !== null);
    else if (this.#inspected !== null) this.audience.await(index);
    this.#wait(!step);
    this.#prefetch();
  }

  /** @param {Step} step  @param {boolean} inspected */
  #show(step, inspected) {
    this.#shown = step.index;
    this.audience.show(step, inspected);
  }

  #find() {
    if (this.#lost) this.audience.found();
    this.#lost = false;
  }

  #arrived() {
    this.#find();
    const index = this.#inspected ?? this.index;
    if (this.#waiting && this.#shown !== index && this.buffer.get(index)) this.#present();
    else this.#prefetch();
  }

  /** @param {Error} error */
  #failed(error) {
    this.#lost = true;
    if (/** @type {{ status?: number }} */ (error).status !== 0) this.pause(); // no: a server may come back
    this.audience.fail(error);
  }

  /** @param {boolean} waiting */
  #wait(waiting) {
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.audience.change();
  }

  #prefetch() {
    const { buffer, level, loop, route, steps } = this;
    const looked = this.#inspected;
    const ahead = { index: this.index, until: this.#until, distance: AHEAD * this.#pace, level };
    buffer.want(
      (this.#playing || this.led) && looked === null
        ? comingBlocks(buffer, ahead, loop ? route.first : null)
        : nearBlocks(buffer, looked ?? this.index, steps, route.every, looked === null ? 0 : this.row),
    );
  }
}
