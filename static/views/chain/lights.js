/** Which cells of the maps of a chain are lit: one that is walked or pointed at, and below it what it sees. */

/** @typedef {import("./fields.js").SeenBox} SeenBox */
/** @typedef {{ show(box: SeenBox | null, channels?: readonly number[] | null): void }} Lit */

/** @param {readonly number[]} at  @returns {SeenBox} */
const cellBox = ([, row, column]) => ({ top: row, bottom: row, left: column, right: column });

export class Lights {
  /** @type {readonly number[] | null} */
  #at = null;
  /** @type {{ place: number, at: readonly number[] } | null} */
  #looked = null;

  /**
   * @param {Lit[]} maps  of the input first, then of each layer
   * @param {import("./fields.js").Fields} fields  @param {number} walked  place of the map that is walked
   */
  constructor(maps, fields, walked) {
    this.maps = maps;
    this.fields = fields;
    this.walked = walked;
  }

  /** The walked cell. @param {readonly number[]} at */
  walk(at) {
    this.#at = at;
    if (!this.#looked) this.draw();
  }

  /** A cell of any map; null: the walked one again. @param {number} place  @param {readonly number[] | null} at */
  look(place, at) {
    if (!at && !this.#looked) return;
    this.#looked = at && { place, at };
    this.draw();
  }

  draw() {
    const { place, at } = this.#looked ?? { place: this.walked, at: this.#at };
    if (!at) return;
    const seen = place > 0 ? this.fields.boxes(place - 1, at) : [];
    for (const [index, map] of this.maps.entries()) {
      if (index === place) map.show(cellBox(at), [at[0]]);
      else map.show(index < place ? (seen[index] ?? null) : null, seen[index]?.channels);
    }
  }
}
