import assert from "node:assert/strict";
import { test } from "node:test";
import { gridOf, Places } from "../../static/stage/places.js";
import { MARGIN, tiling } from "../../static/stage/tiling.js";

const NO_BORDER = { top: 0, bottom: 0, left: 0, right: 0 };

/** @param {number[]} shape  @param {Partial<typeof NO_BORDER>} [border]  @param {number[]} [planes] */
function placed(shape, border = {}, planes = [0], room = { width: 300, height: 240 }, ratio = 1) {
  const places = new Places(shape, { ...NO_BORDER, ...border }, ratio);
  places.place(room, planes);
  return places;
}

/** @param {{ x: number, y: number, width: number, height: number }} box */
const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];

for (const [name, places] of Object.entries({
  "one plane": placed([1, 4, 6]),
  "planes beside each other": placed([4, 5, 5], {}, [0, 1, 2, 3]),
  "the second plane alone": placed([3, 8, 3], {}, [1]),
  "a bordered plane": placed([2, 4, 4], { top: 1, bottom: 2, left: 3, right: 1 }, [0, 1]),
  "a vector in rows": placed([10, 1, 1]),
  "a signal, taller than wide": placed([1, 1, 40]),
}))
  test(`a point in the middle of a cell finds that cell: ${name}`, () => {
    const { grid } = places;
    for (const { plane } of places.places)
      for (let row = 0; row < grid.rows; row += 1)
        for (let column = 0; column < grid.columns; column += 1) {
          const at = grid.wrapped ? [row * grid.columns + column, 0, 0] : [plane, row, column];
          const box = places.blockAt(at);
          assert.ok(box);
          const [x, y] = middle(box);
          assert.deepEqual(places.atPoint(x, y), at);
        }
  });

test("a point beside every plane finds nothing, one in the border a cell outside", () => {
  const places = placed([1, 4, 4], { top: 2, bottom: 2, left: 2, right: 2 });
  assert.equal(places.atPoint(1, 1), null);
  const [{ x, y }] = places.places;
  assert.deepEqual(places.atPoint(x + 1, y + 1), [0, -2, -2]);
  assert.deepEqual(places.atPoint(x + places.side.width - 1, y + places.side.height - 1), [0, 5, 5]);
});

test("a plane that is not drawn has no block", () => {
  assert.equal(placed([3, 4, 4], {}, [1]).blockAt([0, 0, 0]), null);
});

test("planes stand apart, inside their room, and say how high they are", () => {
  for (const count of [1, 2, 3, 4]) {
    const planes = Array.from({ length: count }, (_, plane) => plane);
    const places = placed([count, 6, 6], {}, planes);
    const { width, height } = places.side;
    for (const { x, y } of places.places) assert.ok(x >= 0 && x + width <= 300 && y + height <= places.height);
    for (const one of places.places)
      for (const other of places.places)
        if (one !== other) assert.ok(Math.abs(one.x - other.x) >= width || Math.abs(one.y - other.y) >= height);
    assert.ok(places.height <= 240 + 1);
  }
});

test("planes with names leave room above each of them", () => {
  const [alone, named] = [placed([2, 6, 6], {}, [0]), placed([2, 6, 6], {}, [0, 1])];
  assert.equal(alone.named, false);
  assert.equal(named.named, true);
  assert.ok(named.places[0].y > alone.places[0].y);
});

test("every cell of the border is visited once, and none inside", () => {
  const places = placed([1, 3, 2], { top: 1, bottom: 0, left: 2, right: 1 });
  const seen = new Set();
  places.around((row, column) => {
    assert.equal(places.inside(row, column), false);
    seen.add(`${row} ${column}`);
  });
  assert.equal(seen.size, places.rows * places.columns - 6);
});

test("corners lie on whole device pixels, on sharper screens too", () => {
  for (const ratio of [1, 1.5, 2, 3])
    for (const { x } of placed([1, 7, 9], {}, [0], { width: 301, height: 199 }, ratio).places)
      assert.ok(Math.abs(x * ratio - Math.round(x * ratio)) < 1e-9);
});

test("a tiling takes the arrangement with the largest cells", () => {
  const room = { width: 400, height: 100 };
  assert.equal(tiling({ rows: 8, columns: 8 }, room, 4, 0, 1).across, 4);
  assert.equal(tiling({ rows: 8, columns: 8 }, { width: 100, height: 400 }, 4, 0, 1).across, 1);
  const { cell } = tiling({ rows: 10, columns: 10 }, { width: 200, height: 200 }, 1, 0, 1);
  assert.equal(cell, Math.floor((200 - 2 * MARGIN) / 10));
});

test("cells have a largest size, and a picture larger than its room shrinks below a pixel a cell", () => {
  assert.equal(tiling({ rows: 1, columns: 2 }, { width: 900, height: 900 }, 1, 0, 1).cell, 160);
  const { cell } = tiling({ rows: 2000, columns: 2000 }, { width: 300, height: 300 }, 1, 0, 1);
  assert.ok(cell > 0 && cell * 2000 <= 300);
});

test("a short vector is a column, a long one is wrapped into full rows, a picture is as it is", () => {
  assert.deepEqual(gridOf([8, 1, 1]), { wrapped: true, columns: 1, rows: 8, planes: 1, count: 8 });
  assert.deepEqual(gridOf([25, 1, 1]), { wrapped: true, columns: 1, rows: 25, planes: 1, count: 25 }); // never 5 x 5
  for (const count of [33, 49, 84, 120, 400]) {
    const { rows, columns } = gridOf([count, 1, 1]);
    assert.equal(rows * columns, count);
  }
  assert.deepEqual(gridOf([37, 1, 1]), { wrapped: true, columns: 7, rows: 6, planes: 1, count: 37 });
  assert.deepEqual(gridOf([3, 4, 5]), { wrapped: false, columns: 5, rows: 4, planes: 3, count: 60 });
});
