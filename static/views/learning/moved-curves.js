/** How often two networks are right about moved test digits: a line each, and a dot where the digit stands. */
import { make } from "../../page/elements.js";
import { figure } from "../../words/figures.js";

const PLOT_SPACE = "http://www.w3.org/2000/svg";
const PLOT = { width: 320, height: 200, left: 46, right: 12, top: 12, bottom: 26 };
const LEVELS = [0, 0.25, 0.5, 0.75, 1];

/** @typedef {import("../../words/language.js").Say} Say */

export class MovedCurves {
  #picture = svg("svg", { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" });
  #marks = svg("g", { class: "marks" });
  #legend = make("ul", { class: "moved-legend" });
  root = make("figure", { class: "moved-curves" }, this.#legend);
  /** @type {ShiftedNetwork[]} */
  #networks = [];
  /** @type {{ value: HTMLElement, dot: SVGElement }[]} */
  #lines = [];

  constructor() {
    this.root.prepend(this.#picture);
  }

  /** @param {ShiftedNetwork[]} networks  @param {string[]} names  @param {Say} _ */
  adopt(networks, names, _) {
    this.#networks = networks;
    const last = networks[0].right.length - 1;
    this.#picture.setAttribute("aria-label", _("Test digits answered rightly, by how far they are moved"));
    this.#lines = networks.map(() => ({ value: make("b"), dot: svg("circle", { r: "5" }) }));
    this.#picture.replaceChildren(
      ...LEVELS.map((level) =>
        svg("path", { class: "grid", d: `M${PLOT.left} ${up(level)}H${PLOT.width - PLOT.right}` }),
      ),
      ...LEVELS.filter((level) => level % 0.5 === 0).map((level) =>
        label(`${100 * level} %`, PLOT.left - 6, up(level) + 4, "end"),
      ),
      ...networks[0].right.map((_share, far) => label(String(far), along(far, last), PLOT.height - 6, "middle")),
      ...networks.map(({ right }, place) =>
        svg("polyline", {
          class: `line-${place}`,
          points: right.map((share, far) => `${along(far, last)},${up(share)}`).join(" "),
        }),
      ),
      this.#marks,
    );
    for (const [place, { dot }] of this.#lines.entries()) dot.setAttribute("class", `line-${place}`);
    this.#marks.replaceChildren(...this.#lines.map(({ dot }) => dot));
    this.#legend.replaceChildren(
      ...names.map((name, place) =>
        make(
          "li",
          { class: `line-${place}` },
          make("i"),
          `${name} `,
          this.#lines[place].value,
          learnt(networks[place], _),
        ),
      ),
    );
  }

  /** @param {number} far */
  show(far) {
    for (const [place, { right }] of this.#networks.entries()) {
      const { value, dot } = this.#lines[place];
      value.textContent = `${figure(100 * right[far])} %`;
      dot.setAttribute("cx", String(along(far, right.length - 1)));
      dot.setAttribute("cy", String(up(right[far])));
    }
  }
}

/** How far digits were moved while the network learnt. @param {ShiftedNetwork} network  @param {Say} _ */
function learnt({ learnt_moved: far }, _) {
  const told = far
    ? _("learnt from digits moved by up to {far} pixels", { far: figure(far) })
    : _("learnt from digits that were not moved");
  return make("small", { class: "quiet" }, told);
}

/** @param {number} far  @param {number} last */
const along = (far, last) => tenth(PLOT.left + (far / last) * (PLOT.width - PLOT.left - PLOT.right));

/** @param {number} share */
const up = (share) => tenth(PLOT.top + (1 - share) * (PLOT.height - PLOT.top - PLOT.bottom));

/** @param {number} length */
const tenth = (length) => Math.round(10 * length) / 10;

/** @param {string} text  @param {number} x  @param {number} y  @param {string} anchor */
function label(text, x, y, anchor) {
  const node = svg("text", { x: String(x), y: String(y), "text-anchor": anchor });
  node.textContent = text;
  return node;
}

/** @param {string} name  @param {Record<string, string>} attributes */
function svg(name, attributes) {
  const node = /** @type {SVGElement} */ (document.createElementNS(PLOT_SPACE, name));
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
