/** One scene being walked: its player, its arrays, and what the shell shows of them. */

import { CLOCK } from "../player/clock.js";
import { Player } from "../player/player.js";
import { stepsFrom } from "../wire/stream.js";
import { EXACT_FROM } from "../words/vocabulary.js";
import { act, strongest, usualSpeed, walkedShape, windowSize } from "./actions.js";

/** Device pixels a CSS pixel on paper: about 288 dots an inch. */
const PAPER = 3;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/** Milliseconds after which what nobody sees drawn is taken to be on the screen. */
const UNSEEN = 100;

/** Milliseconds between two looks at whether anybody can see the element. */
const GLANCE = 250;

/**
 * @typedef {object} WalkEvents
 * @property {(name: string, detail: unknown) => void} fire
 * @property {(error: Error) => void} fail
 * @property {() => void} found  the server answers again
 */

export class Walk {
  /** @type {Player | null} */
  player = null;
  /** @type {Opening | null} */
  opening = null;
  /** @type {Arrays | null} */
  arrays = null;
  /** @type {Step | null} */
  step = null;
  /** The last step was reached by playing. */
  ended = false;
  /** Somebody chose the speed: other scenes keep it. */
  paced = false;
  #playing = false;
  /** The whole output was asked for in vain. */
  #missing = false;
  #held = false;
  #visible = true;
  #looked = -GLANCE;

  /**
   * @param {HTMLElement & { server: string }} host  whose attributes say how a first scene is walked
   * @param {import("./shell.js").Shell} shell  @param {() => string} lang  @param {WalkEvents} events
   */
  constructor(host, shell, lang, events) {
    this.host = host;
    this.shell = shell;
    this.lang = lang;
    this.events = events;
  }

  /** @param {Opening} opening  @param {Arrays} arrays */
  adopt(opening, arrays) {
    const { host } = this;
    const [before, was] = [this.opening, this.player];
    const chosen = (this.paced && was?.speed) || Number(host.getAttribute("speed"));
    const speed = chosen || usualSpeed(opening.start.steps);
    const playing = was ? was.playing : this.#playing || (host.hasAttribute("autoplay") && !STILL.matches);
    const loop = was?.loop ?? host.hasAttribute("loop");
    was?.close();
    this.ended = false;
    this.opening = opening;
    this.arrays = arrays;
    this.step = null;
    this.player = this.#playerOf(opening);
    this.#paint();
    this.events.found();
    this.player.loop = loop;
    this.player.speed = speed;
    this.player.route.gentle = !chosen;
    this.player.begin();
    if (!before) this.events.fire("ready", opening);
    this.events.fire("scene", opening);
    if (playing) this.player.play();
    this.#complete(arrays);
  }

  /** Keys and the whole output are asked for once the first step stands on the screen. @param {Arrays} arrays */
  #complete(arrays) {
    const complete = () => {
      this.shell.keys.bring();
      if (arrays.whole) this.#fetchWhole(arrays);
    };
    requestAnimationFrame(() => setTimeout(complete));
  }

  /** Paint anew what was walked beyond the known steps before the output had come. @param {Arrays} arrays */
  #fetchWhole(arrays) {
    const still = () => this.arrays === arrays && this.player !== null;
    const beyond = () => still() && (this.player?.index ?? 0) >= (this.opening?.steps.length ?? 0);
    if (!still()) return;
    arrays.whole?.().then(
      () => {
        if (beyond()) this.repaint();
        if (still() && this.#missing) this.events.found();
        this.#missing = false;
      },
      (error) => {
        this.#missing = true;
        if (still()) this.events.fail(error);
      },
    );
  }

  /** Ask again for what failed. */
  retry() {
    this.player?.retry();
    if (this.arrays) this.#fetchWhole(this.arrays);
  }

  /** @param {Opening} opening */
  #playerOf(opening) {
    const { start } = opening;
    const [stood, ask] = [onScreen(), stepsFrom(this.host.server, opening.line, opening.layer)];
    return new Player({
      steps: start.steps,
      index: opening.step,
      ready: opening.steps,
      clock: CLOCK,
      cells: windowSize(start),
      row: walkedShape(start)[2],
      every: start.every,
      seen: () => !this.#held && this.#isVisible(),
      source: async function* after(...asked) {
        await stood; // the opening has the first steps: the others do not hold up the frame that shows them
        yield* ask(...asked);
      },
      audience: {
        show: (step, inspected) => this.#present(step, inspected),
        await: (index) => {
          this.shell.timeline.look(index);
          this.shell.stage.effects?.glance(index);
        },
        change: () => this.#change(),
        end: () => {
          this.ended = true;
          this.events.fire("end", null);
        },
        fail: (error) => this.events.fail(error),
        found: () => this.events.found(),
      },
    });
  }

  #paint() {
    const { opening, arrays } = this;
    const step = this.step ?? opening?.steps.find(({ index }) => index === opening.step) ?? opening?.steps[0];
    if (!opening || !arrays || !step) return;
    this.shell.paint(opening, arrays, this.lang(), step);
    this.#change();
  }

  /** On paper the map is finished, unless somebody is asked for it, and finer. @param {boolean} printed */
  print(printed) {
    this.shell.stage.sharpest = printed ? PAPER : 1;
    this.shell.stage.finished = printed && !this.host.hasAttribute("mode") && !this.host.hasAttribute("fade");
    this.repaint();
  }

  repaint() {
    if (!this.player) return;
    this.#paint();
    this.player.retry();
    this.events.fire("looks", null);
  }

  /** @param {Step} step  @param {boolean} inspected */
  #present(step, inspected) {
    const { player } = this;
    if (!player) return;
    const { playing, speed, index, route } = player;
    this.step = step;
    this.ended &&= index >= route.last;
    const moving = playing || player.led;
    const calm = !moving || speed < EXACT_FROM;
    const ease = calm && !STILL.matches && !inspected;
    const shown = inspected ? index : step.index;
    this.shell.present(step, shown + 1, { inspected, ease, calm, playing: moving, index: shown, speed });
    this.events.fire(inspected ? "inspect" : "step", step);
  }

  #change() {
    const { player } = this;
    if (!player) return;
    this.shell.showState(player);
    this.shell.stage.rest(!(player.playing || player.led) || player.speed < EXACT_FROM);
    if (player.playing !== this.#playing) this.events.fire(player.playing ? "play" : "pause", null);
    this.#playing = player.playing;
  }

  /** Out of sight, time stands still. @param {boolean} held */
  hold(held) {
    this.#held = held;
  }

  /** Slides keep their neighbours laid out where nobody sees them. */
  #isVisible() {
    const now = performance.now();
    if (now - this.#looked >= GLANCE) {
      this.#looked = now;
      this.#visible = this.host.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
    }
    return this.#visible;
  }

  /** @param {boolean} loop */
  loop(loop) {
    if (!this.player) return;
    this.player.loop = loop;
    this.#change();
  }

  /** A walk that came to its end by playing plays on in the next layer. */
  get playsOn() {
    return this.ended && !STILL.matches;
  }

  /** @param {string} action  of a button or a key */
  act(action) {
    const { player } = this;
    if (!player) return;
    if (action === "slower" || action === "faster") this.paced = true;
    if (action === "loop") this.loop(!player.loop);
    else if (action === "strongest")
      strongest(this.arrays).then(
        (index) => this.player?.seek(index),
        () => {},
      );
    else act(player, action, walkedShape(this.opening?.start)[2]);
  }

  close() {
    this.shell.stage.close();
    this.player?.close();
    this.player = null;
  }
}

/** Once what was drawn just now is on the screen. */
const onScreen = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, UNSEEN);
  });
