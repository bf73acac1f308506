/** A second walk beside the first, driven by it and driving it: one clock, one timeline; comes with `compare`. */
import { make } from "../page/elements.js";
import sheet from "../styles/beside.css" with { type: "css" };
import { countOf } from "../words/cells.js";
import { figure } from "../words/figures.js";
import { besideOf, differing, unsaid } from "../words/lines.js";
import { pairing } from "../words/lockstep.js";
import { drawDifferences, placesThatDiffer } from "./differences.js";
import { Lead } from "./lead.js";
import { panesOf } from "./linking.js";
import { split, together } from "./splitting.js";

/** @typedef {import("./course.js").Tools} Tools */
/** @typedef {HTMLElement & { show: import("../kernel-walk.js").KernelWalk["show"] }} Second */

/** Classes of a frame that the second has from the first: its own box is half as wide. */
const LIKE = ["narrow", "compact", "long"];

export class Part {
  #captions = [caption(), caption()];
  #foot = make("p", { class: "differ", "aria-live": "polite" });
  #halves = this.#captions.map((line) => make("div", { class: "half" }, line));
  #pair = make("div", { class: "pair" }, ...this.#halves, this.#foot);
  /** @type {Second | null} */
  #second = null;
  /** @type {Lead | null} */
  #lead = null;
  /** @type {import("./splitting.js").Half | null} */
  #half = null;
  /** What was asked for, of which line; what that means, and its layer as seen from that of the first. */
  #asked = { wish: "", line: "", other: "", away: /** @type {number | null} */ (0) };
  #shown = "";
  /** The second's scene is the one that was asked for. */
  #known = false;
  /** Cells that differ, once that is known. @type {number[] | null} */
  #differences = null;

  /** @param {HTMLElement} host  @param {Tools} tools */
  constructor(host, { inside }) {
    this.host = host;
    this.inside = inside;
    this.own = inside(host);
    const { root, remarks } = this.own.shell;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    host.addEventListener("scene", () => this.adopt());
    for (const kind of ["step", "inspect"]) host.addEventListener(kind, () => this.#tell());
    remarks.push(() => (this.#second ? this.#values()[1] : ""));
  }

  adopt() {
    const { opening } = this.own.walk;
    const wish = (this.host.getAttribute("compare") ?? "").trim();
    if (!opening) return;
    if (!wish || !panesOf(this.host).length) return this.#leave(); // views alone: no stage stands to walk beside
    this.#join();
    if (wish !== this.#asked.wish || opening.line !== this.#asked.line) {
      const { line, layer } = besideOf(wish, opening.line, opening.layer);
      this.#asked = { wish, line: opening.line, other: line, away: layer === null ? null : layer - opening.layer };
    }
    this.#follow(opening);
  }

  /** @param {Opening} opening */
  #follow({ layer }) {
    const second = /** @type {Second} */ (this.#second);
    const { other, away } = this.#asked;
    const known = this.inside(second).walk.opening;
    const last = known?.line === other ? known.layers.length - 1 : Number.POSITIVE_INFINITY;
    const place = away === null ? undefined : Math.min(layer + away, last);
    for (const name of ["lang", "server", "theme"]) copyAttribute(this.host, second, name);
    const asked = `${other} ${place}`;
    if (asked === this.#shown) return this.#meet();
    this.#known = false;
    this.#lead?.part();
    second.show(other, place === undefined ? {} : { layer: place }).catch(() => this.#refused(asked));
    this.#shown = asked;
    this.#name();
  }

  /** What is refused is told in its place; asked for again, it is asked again. @param {string} asked */
  #refused(asked) {
    if (asked !== this.#shown) return;
    this.#shown = "";
    this.#lead?.part();
  }

  /** The second stands beside the first. */
  #join() {
    if (this.#second) return;
    const { shell } = this.own;
    const second = /** @type {Second} */ (document.createElement(this.host.localName));
    for (const [name, word] of Object.entries({ beside: "", controls: "none" })) second.setAttribute(name, word);
    this.#second = second;
    this.inside(second).shell.root.adoptedStyleSheets.push(sheet);
    shell.stage.node.replaceWith(this.#pair);
    this.#halves[0].append(shell.stage.node);
    this.#halves[1].append(second);
    const { host } = this;
    this.#lead = new Lead(host, this.own, second, this.inside(second));
    second.addEventListener("scene", () => {
      this.#known = true;
      this.#meet();
    });
    for (const kind of ["step", "inspect"]) second.addEventListener(kind, () => this.#tell());
    shell.pair = this;
    const of = this;
    this.inside(second).shell.pair = {
      share: (room) => of.#halfOf(this.inside(second).shell) ?? room,
      dress: (classes) => {
        for (const name of LIKE) classes.toggle(name, shell.frame.classList.contains(name));
      },
      get wanted() {
        return of.#half?.height ?? 0;
      },
    };
    shell.stage.over = (view) => this.#mark(view);
    this.inside(second).shell.stage.over = (view) => this.#mark(view);
    shell.arrange();
  }

  #leave() {
    if (!this.#second) return;
    const { shell } = this.own;
    this.#lead?.close();
    this.#second.remove();
    this.#pair.replaceWith(shell.stage.node);
    this.#second = this.#lead = shell.pair = shell.stage.over = null;
    this.#shown = "";
    this.#asked.wish = "";
    shell.arrange();
  }

  /** Room for the first; the second gets the same. @param {import("../stage/stage.js").StageRoom} room */
  share(room) {
    const half = split(room);
    const before = this.#half;
    this.#half = half;
    this.#pair.style.gridTemplateColumns = `repeat(${half.across}, minmax(0, 1fr))`;
    this.#pair.classList.toggle("bare", !half.arithmetic);
    const second = /** @type {Second} */ (this.#second);
    second.style.height = `${half.height}px`;
    second.setAttribute("beside", `${half.across}`);
    if (before?.width !== half.width || before?.height !== half.height || before?.arithmetic !== half.arithmetic)
      this.inside(second).shell.arrange();
    return /** @type {import("../stage/stage.js").StageRoom} */ (this.#halfOf(this.own.shell));
  }

  /** Height that both would like. */
  get wanted() {
    return this.#half ? together(this.#half, this.own.shell.stage.wanted) : 0;
  }

  /** @param {import("./shell.js").Shell} shell */
  #halfOf({ stage }) {
    if (!this.#half) return null;
    const { width, height, arithmetic } = this.#half;
    const views = stage.views.filter((name) => arithmetic || name !== "arithmetic");
    if (views.length) stage.views = views;
    return { width, height, screen: height, narrow: false };
  }

  /** Both are here: they walk in lockstep. */
  #meet() {
    const [one, other] = this.#openings;
    if (!one || !other || !this.#known) return;
    this.#lead?.meet(pairing(this.host.getAttribute("by"), one.start, other.start));
    this.#name();
    this.#compare();
  }

  get #openings() {
    return [this.own.walk.opening, this.#second && this.inside(this.#second).walk.opening];
  }

  /** Which cells differ, once both maps are known. */
  async #compare() {
    this.#differences = null;
    const walks = [this.own.walk, this.inside(/** @type {Second} */ (this.#second)).walk];
    const arrays = walks.map((walk) => walk.arrays);
    const [one, other] = this.#openings.map((opening) => opening?.output.shape ?? []);
    if (one.join() === other.join()) {
      const whole = Promise.all(arrays.map((array) => array?.whole?.()));
      const known = await whole.then(() => true).catch(() => false);
      if (walks.some((walk, place) => walk.arrays !== arrays[place])) return;
      const [here, there] = arrays;
      if (known && here && there) this.#differences = placesThatDiffer(here.output, there.output);
      for (const walk of walks) walk.player?.retry();
    }
    this.#tell();
  }

  /** @param {import("../stage/planes.js").PlaneView} view */
  #mark(view) {
    if (this.#differences?.length) drawDifferences(view, this.#differences, view.picture.shape);
  }

  /** The two lines, and what only one of them says. */
  #name() {
    const [one, other] = this.#openings;
    const second = this.#known ? other : null;
    const lines = differing(one?.line ?? "", second?.line ?? this.#asked.other);
    lines.forEach((runs, place) => {
      const [said] = this.#captions[place].children;
      const own = runs.some(({ text, other }) => other && text.includes("="));
      const start = /** @type {any} */ ([one, second][place]?.start ?? {});
      const more = own ? [] : unsaid(lines[1 - place], start).map((text) => ({ text, other: true }));
      said.replaceChildren(...[...runs, ...more].map(({ text, other }) => make(other ? "mark" : "span", {}, text)));
    });
    this.#layers(one, second);
  }

  /**
   * Where both lines are one, the layers tell them apart.
   * @param {Opening | null} one  @param {Opening | null} other
   */
  #layers(one, other) {
    const same = one && other && one.line === other.line;
    for (const [place, opening] of [one, other].entries()) {
      const title = opening?.layers[opening.layer]?.title[this.own.shell.frame.lang] ?? "";
      const [said] = this.#captions[place].children;
      if (same) said.append(make("mark", {}, title));
    }
  }

  /** What came out here and there, and at the end how many cells differ. */
  #tell() {
    if (!this.#second) return;
    this.#values().forEach((text, place) => {
      this.#captions[place].children[1].textContent = text;
    });
    const { opening, player } = this.own.walk;
    const words = this.own.shell.model?.words;
    const complete = player && player.index >= player.steps - 1;
    const cells = opening ? countOf(opening.output.shape) : 0;
    const found = complete ? this.#differences : null;
    const text = found && words ? words.differ(found.length, cells) : "";
    if (this.#foot.textContent !== text) this.#foot.textContent = text;
  }

  #values() {
    const walks = [this.own.walk, this.#second && this.inside(this.#second).walk];
    return walks.map((walk) => (typeof walk?.step?.output === "number" ? `= ${figure(walk.step.output)}` : ""));
  }
}

function caption() {
  return make("p", { class: "scene" }, make("code", { translate: "no" }), make("b", { class: "value" }));
}

/** @param {HTMLElement} from  @param {HTMLElement} to  @param {string} name */
function copyAttribute(from, to, name) {
  const value = from.getAttribute(name);
  if (value === null) to.removeAttribute(name);
  else if (to.getAttribute(name) !== value) to.setAttribute(name, value);
}
