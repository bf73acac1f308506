/** The menu of networks: each is a link to the lab's own input walked through it, brought to its size if need be. */
import { make } from "../page/elements.js";
import { arrows, popover } from "../page/popover.js";
import { _, said } from "../page/words.js";
import { figure, shapeText, thousands } from "../words/figures.js";
import { askNetworks } from "./server.js";

/** What is walked where the input cannot be brought to a network. */
const A_DIGIT = "digit-7";

export class NetworkMenu {
  /** @type {Network[]} */
  #networks = [];
  /** @type {Opening | null} */
  #opening = null;

  constructor() {
    this.button = make("button", { type: "button", class: "button" }, _("Networks"));
    this.menu = make("div", { class: "operation-menu", "aria-label": _("Networks") });
    popover(this.button, this.menu, () => this.#fill());
    arrows(this.menu);
  }

  /** @param {Opening} opening */
  show(opening) {
    this.#opening = opening;
  }

  async #fill() {
    try {
      if (!this.#networks.length) this.#networks = await askNetworks();
    } catch (error) {
      this.menu.replaceChildren(make("p", { class: "refusal" }, /** @type {Error} */ (error).message));
      return;
    }
    const opening = this.#opening;
    if (!opening) return;
    const shape = shapeText(opening.layers[0].input_shape);
    const rows = make("div", { class: "menu-rows" });
    rows.append(
      ...this.#networks.map((network) => {
        const source = inputFor(opening, network.input_shape);
        const { right, of } = network.trained ?? {};
        const facts = [
          _("{count} parameters", { count: thousands(network.parameters) }),
          right !== undefined && of
            ? _("{share} % of {of} test digits", { share: figure((100 * right) / of), of: thousands(of) })
            : _("not trained"),
        ];
        const choice = make(
          "button",
          { type: "button", class: "operation", "data-network": network.name },
          make("span", {}, said(network.title, network.name)),
          make("code", {}, `@${network.name}`),
          make("small", {}, facts.join(" · ")),
        );
        choice.addEventListener("click", () => location.assign(addressWith(`${source.line} | @${network.name}`)));
        return choice;
      }),
    );
    this.menu.replaceChildren(rows, make("p", { class: "quiet" }, saidOf(inputFor(opening, [1, 28, 28]), shape)));
  }
}

/**
 * The input for a network: as it is, at its size, or a digit.
 * @param {Opening} opening  @param {readonly number[]} takes  @returns {{ line: string, resized: boolean }}
 */
export function inputFor({ line, layers, scene }, takes) {
  const parts = line.split(" | ");
  const given = parts.slice(0, parts.length - layers.length).join(" | ");
  const [depth, rows, columns] = layers[0].input_shape;
  if (depth === takes[0] && rows === takes[1] && columns === takes[2]) return { line: given, resized: false };
  const { source, crop } = /** @type {import("./scene.js").Scene} */ (scene).input;
  const square = rows === columns && typeof source === "string" && source !== "random" && !crop;
  return { line: square ? `${source} ${takes[1]}` : A_DIGIT, resized: true };
}

/** @param {{ line: string, resized: boolean }} input  @param {string} shape */
const saidOf = ({ line, resized }, shape) =>
  resized
    ? _("Networks read one grey picture of 28 × 28 and the input is {shape}: it is walked as {line}.", { shape, line })
    : _("A network replaces the operations behind the input.");

/** This page with another scene, from its first layer on. @param {string} line */
function addressWith(line) {
  const address = new URL(location.href);
  for (const word of ["layer", "step"]) address.searchParams.delete(word);
  address.searchParams.set("scene", line);
  return address.href;
}
