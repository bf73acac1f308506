/** The maps of the layers as small pictures on their chips; the chosen one shows all channels, where there is room. */
import { make } from "../page/elements.js";
import { Fields } from "../views/chain/fields.js";
import { Lights } from "../views/chain/lights.js";
import { MapPicture } from "../views/chain/map-picture.js";
import { askMaps } from "../views/chain/maps.js";
import { EXACT_FROM } from "../words/vocabulary.js";

const QUIET = 120; // milliseconds without another scene

/** CSS pixels of a picture, and of half of it: rooms are as wide as so many halves. */
const SIDE = 44;
const HALF = 22;

/** A page that all channels of a layer would be wider than. */
const NARROW = "(max-width: 640px)";

export class ChipPictures {
  #timer = 0;
  /** @type {MapPicture[]} */
  #pictures = [];
  /** @type {Lights | null} */
  #lights = null;

  /** @param {import("../kernel-walk.js").KernelWalk} walk */
  constructor(walk) {
    this.walk = walk;
    for (const kind of ["step", "inspect"])
      walk.addEventListener(kind, (event) => this.#follow(/** @type {CustomEvent} */ (event).detail));
    walk.addEventListener("looks", () => this.#draw());
  }

  /** Rooms for the pictures of the input and of each layer. Those of the same form stay until others have come.
   * @param {Opening} opening  @param {number} chosen  a layer, or -1 for the input */
  rooms(opening, chosen) {
    const { layers, line, layer } = opening;
    const shapes = [layers[0].input_shape, ...layers.map(({ output_shape }) => output_shape)];
    const before = this.#pictures;
    this.#pictures = shapes.map((shape, place) => {
      const open = place > 0 && place === chosen + 1 && !globalThis.matchMedia?.(NARROW).matches;
      const known = before[place];
      const same = known?.open === open && `${known.shape}` === `${shape}`;
      return same ? known : new MapPicture(shape, { open, side: SIDE, whole: !open });
    });
    this.#lights?.fields.close();
    this.#lights = new Lights(
      this.#pictures,
      new Fields(this.walk.server, line, () => this.#lights?.draw()),
      layer + 1,
    );
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(), QUIET);
    return this.#pictures.map((picture, place) => this.#room(picture, place));
  }

  /** @param {MapPicture} picture  @param {number} place */
  #room(picture, place) {
    const room = make("span", { class: "chip-picture" }, picture.root);
    const { tiles } = picture;
    room.style.width = `${HALF * (tiles.vector ? 2 : (2 * tiles.across) / tiles.down)}px`;
    room.addEventListener("pointermove", (event) => this.#lights?.look(place, picture.cellAt(event)));
    room.addEventListener("pointerleave", () => this.#lights?.look(place, null));
    return room;
  }

  /** At a great pace nobody follows frames of two pixels. @param {Step} step */
  #follow({ at }) {
    const { playing, speed } = this.walk;
    if (!playing || speed <= EXACT_FROM) this.#lights?.walk(at);
  }

  async #draw() {
    const pictured = this.walk.pictured;
    const pictures = this.#pictures;
    if (!pictured) return;
    const told = await askMaps(pictured.server, pictured.opening.line).catch(() => []);
    for (const [place, picture] of pictures.entries())
      if (told[place] && `${told[place].shape}` === `${picture.shape}`)
        picture.draw(told[place], place, pictured.palette.dark);
  }
}
