import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAtPlace, countOf, placeOfCell } from "../../static/words/cells.js";

test("cells lie in memory channel by channel, row by row, and are found again", () => {
  const shape = [2, 3, 4];
  assert.equal(countOf(shape), 24);
  assert.deepEqual(cellAtPlace(17, shape), [1, 1, 1]);
  for (let place = 0; place < 24; place += 1) assert.equal(placeOfCell(cellAtPlace(place, shape), shape), place);
});
