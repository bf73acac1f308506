/** The walk in time: which step is shown now, and which comes next. Knows no DOM. */
import { BLOCK, EXACT_FROM, fastest, SLOWEST } from "../words/vocabulary.js";
import { StepBuffer } from "./buffer.js";

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
 * @property {() => void} change  playing, speed, loop or waiting changed
 * @property {() => void} end  the last step was reached by playing
 * @property {(error: Error) => void} fail  steps could not be fetched
 */

export class Player {
  #position = 0;
  #last = -1;
  #playing = false;
  #waiting = false;
  #shown = -1;
  #speed = 1;
  /** @type {number | null} */
  #inspected = null;

  /**
   * @param {{ steps: number, index: number, source: StepSource, clock: import("./clock.js").Clock, audience: Audience,
   *           ready?: readonly Step[], cells?: number, seen?: () => boolean }} settings  cells: values in one window
   */
  constructor({ steps, index, source, clock, audience, ready = [], cells = 9, seen = () => true }) {
    this.steps = steps;
    this.clock = clock;
    this.audience = audience;
    this.loop = false;
    /** Out of sight, time stands still. */
    this.seen = seen;
    /** The step shown, or on its way. */
    this.index = Math.max(0, Math.min(steps - 1, index));
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

  /** Steps are on their way; the play head stands still. */
  get waiting() {
    return this.#waiting;
  }

  get speed() {
    return this.#speed;
  }

  set speed(speed) {
    this.#speed = Math.max(SLOWEST, Math.min(fastest(this.steps), speed || SLOWEST));
    this.#prefetch();
    this.audience.change();
  }

  /** Show the first step. */
  begin() {
    this.seek(this.index);
  }

  play() {
    if (this.#playing || this.steps < 1) return;
    if (this.index >= this.steps - 1) this.seek(0);
    this.release();
    this.#playing = true;
    // too fast to be read, the walk begins with the next frame; a slow one rests where it is
    this.#position = this.index + (this.#speed >= EXACT_FROM ? 1 : 0);
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
    this.index = Math.max(0, Math.min(this.steps - 1, Math.trunc(index) || 0));
    this.#position = this.index;
    this.#inspected = null;
    this.#present();
  }

  /** Walk on by so many steps, and stand. @param {number} count */
  walk(count) {
    this.pause();
    this.seek(this.index + count);
  }

  /** Look at another step for a moment. @param {number} index */
  inspect(index) {
    if (index === this.#inspected) return;
    this.#inspected = index;
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
    this.#present();
  }

  close() {
    this.pause();
    this.buffer.close();
  }

  /** Each how-manieth step is shown at this speed: one a frame, by powers of two. */
  get level() {
    return Math.max(0, Math.floor(Math.log2(this.#speed / FRAMES)));
  }

  /** @param {number} now  milliseconds */
  #tick = (now) => {
    const elapsed = this.#last < 0 ? 0 : Math.min(now - this.#last, 250) / 1000;
    this.#last = now;
    if (this.#inspected !== null || !this.seen()) return;
    this.#position += elapsed * this.#speed;
    if (this.index >= this.steps - 1) return this.#rest();
    this.#advance();
  };

  #advance() {
    const goal = this.#goal();
    if (goal <= this.index) return;
    const step = this.#furthest(goal);
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
    if (this.#position >= this.steps - 1) return this.steps - 1;
    const every = 2 ** this.level;
    return Math.floor(this.#position / every) * every;
  }

  /** @param {number} goal */
  #furthest(goal) {
    const every = 2 ** this.level;
    const tries = [goal];
    for (let index = Math.floor(goal / every) * every; index > this.index && tries.length < BLOCK; index -= every)
      tries.push(index);
    for (const index of tries) {
      const step = this.buffer.get(index);
      if (step) return step;
    }
    return undefined;
  }

  #rest() {
    if (!this.loop) {
      this.pause();
      this.audience.end();
    } else if (this.#position >= this.steps - 1 + Math.max(1, REST * this.#speed)) {
      this.seek(0);
    }
  }

  /** Show the step that is wanted as soon as it is here. */
  #present() {
    const index = this.#inspected ?? this.index;
    const step = this.buffer.get(index);
    if (step) this.#show(step, this.#inspected !== null);
    this.#wait(!step);
    this.#prefetch();
  }

  /** @param {Step} step  @param {boolean} inspected */
  #show(step, inspected) {
    this.#shown = step.index;
    this.audience.show(step, inspected);
  }

  #arrived() {
    const index = this.#inspected ?? this.index;
    if (this.#waiting && this.#shown !== index && this.buffer.get(index)) this.#present();
    else this.#prefetch();
  }

  /** @param {Error} error */
  #failed(error) {
    this.pause();
    this.audience.fail(error);
  }

  /** @param {boolean} waiting */
  #wait(waiting) {
    if (waiting === this.#waiting) return;
    this.#waiting = waiting;
    this.audience.change();
  }

  #prefetch() {
    this.buffer.want(this.#playing && this.#inspected === null ? this.#comingBlocks() : this.#nearBlocks());
  }

  #comingBlocks() {
    const level = this.level;
    const number = this.buffer.numberOf(this.index, level);
    const until = this.buffer.numberOf(Math.min(this.steps - 1, this.index + AHEAD * this.#speed), level);
    const wanted = [];
    for (let next = number; next <= Math.max(until, number + 1); next += 1) wanted.push({ level, number: next });
    if (this.index + 4 * AHEAD * this.#speed >= this.steps) {
      wanted.push({ level: 0, number: this.buffer.numberOf(this.steps - 1, 0) });
      if (this.loop) wanted.push({ level, number: 0 });
    }
    return wanted;
  }

  #nearBlocks() {
    const index = this.#inspected ?? this.index;
    const numbers = [index, index - BLOCK / 4, index + BLOCK / 4].filter((near) => near >= 0 && near < this.steps);
    return numbers.map((near) => ({ level: 0, number: this.buffer.numberOf(near, 0) }));
  }
}
