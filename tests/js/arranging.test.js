import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangementOf, paddingOf, roomIn, sameRoom, showControls } from "../../static/element/fitting.js";
import { panesOf } from "../../static/element/linking.js";
import { magnification, pointIn } from "../../static/page/pointer.js";
import { arranged, steepnessOf, typeOf } from "../../static/stage/arranging.js";
import { PANES, WIDE_FROM } from "../../static/words/vocabulary.js";

const BOARD = { columns: 9, rows: 3, count: 1, signs: 2, letters: 4 };
const WISHES = { board: BOARD, lines: [60], sum: 4, picture: { steepness: 0.67, columns: 64 } };
const ROOM = { height: null, screen: 900, narrow: false };

/** Widths of the columns that a style says. @param {string} style */
const columnsOf = (style) =>
  [.../** @type {any} */ (/columns:([^;]*)/.exec(style))[1].matchAll(/([\d.]+)px/g)].map(([, width]) => Number(width));

test("panes beside each other fill the width and never more", () => {
  for (let width = WIDE_FROM - 24; width < 1600; width += 37)
    for (const views of [PANES, ["input", "output"], ["arithmetic"], ["output"]]) {
      const { style, deck } = arranged({ ...ROOM, width, height: 280 }, views, WISHES);
      const columns = columnsOf(style);
      const gap = Number(/** @type {any} */ (/gap:(\d+)/.exec(style))[1]);
      const used = columns.reduce((sum, column) => sum + column, 0) + gap * (columns.length - 1);
      assert.equal(deck, false, "in a low frame nothing stands over another");
      assert.equal(columns.length, views.length);
      assert.ok(used <= width && used > width - 4, `${width} ${views}: ${used}`);
    }
});

test("pictures and board share a height without a rest that nobody uses", () => {
  for (const width of [300, 700, 960, 1030, 1280, 1880])
    for (const height of [300, 380, 480, 640, 980])
      for (const steepness of [0.3, 0.67, 1, 1.4]) {
        const wishes = { ...WISHES, picture: { steepness, columns: 32 } };
        const { side, middle, deck } = arranged({ ...ROOM, width, height }, PANES, wishes);
        const across = deck ? 2 * side.width : 2 * side.width + middle.width;
        const down = deck ? side.height + middle.height : Math.max(side.height, middle.height);
        assert.ok(across <= width && down <= height, `${width} ${height}: ${across} ${down}`);
        if (deck) assert.ok(middle.width + middle.text <= width);
      }
});

test("on a phone the pictures leave the sum in sight, which stands over a board that is not", () => {
  const phone = { ...ROOM, width: 336, narrow: true };
  const small = { ...WISHES, board: { ...BOARD, columns: 2, rows: 2, signs: 0 }, lines: [90, 20], sum: 10 };
  const low = arranged({ ...phone, screen: 403 }, PANES, small);
  assert.ok(!low.tall && low.side.height >= 112 && / ?height:4\d\dpx/.test(low.style), low.style);
  for (const screen of [264, 180, 20, -40])
    for (const count of [1, 3]) {
      const wishes = { ...WISHES, board: { ...BOARD, rows: 3 * count, count } };
      const { tall, deck, side, middle } = arranged({ ...phone, width: 296, screen }, PANES, wishes);
      assert.ok(tall && deck, `${screen}`);
      assert.ok(side.height + 28 + 26 + 12 + 28 + 1.2 * middle.result <= Math.max(240, screen), `${screen}`);
      assert.ok(side.height >= 48, `${screen} ${side.height}`);
    }
  assert.equal(arranged({ ...phone, screen: 900 }, PANES, WISHES).tall, false);
});

test("on a phone no board is squeezed beside its sum until its names and numbers have no room", () => {
  for (const columns of [3, 9])
    for (const width of [288, 318, 336, 560])
      for (let height = 320; height < 700; height += 20) {
        const wishes = { ...WISHES, board: { ...BOARD, columns }, sum: 2, picture: { steepness: 4, columns: 5 } };
        const { middle, cell } = /** @type {any} */ (arranged({ ...ROOM, width, height, narrow: true }, PANES, wishes));
        assert.ok(middle.text === 0 || cell * columns >= 144, `${columns} ${width} ${height}: ${cell}`);
      }
});

test("a landscape picture at a desk is wide, and the sum is seen from the back of a hall", () => {
  const desk = arranged({ ...ROOM, width: 1030, height: 468 }, PANES, WISHES);
  assert.ok(desk.deck && desk.side.height / 0.67 > 370 && desk.middle.result === 56);
  const hall = arranged({ ...ROOM, width: 1880, height: 1000, hall: 1080 }, PANES, WISHES);
  assert.ok(hall.middle.result >= 0.06 * 1080 && typeOf(1080) * 12 >= 0.022 * 1080);
  assert.equal(typeOf(), 1);
});

test("a board no wider than a picture has the picture's width below it, and its sum the other's", () => {
  const small = { ...WISHES, board: { ...BOARD, columns: 3, signs: 0 }, lines: [30] };
  for (const [width, height, hall] of [
    [1864, 1013, 1080],
    [1240, 620, 0],
    [1000, 560, 0],
  ]) {
    const { deck, side, middle } = arranged({ ...ROOM, width, height, hall }, PANES, small);
    assert.ok(deck && middle.text > 0);
    assert.deepEqual([middle.width, middle.text], [side.width, side.width]);
    const long = arranged({ ...ROOM, width, height, hall }, PANES, { ...small, lines: [600] });
    assert.ok(!long.deck || !long.middle.text || long.middle.text >= long.side.width, "long lines keep the wider room");
  }
});

test("what an open page is asked for depends on the width alone", () => {
  const wanted = [280, 500, 900].map((height) => arranged({ ...ROOM, width: 900, height }, PANES, WISHES).wanted);
  assert.equal(new Set(wanted).size, 1);
  const open = arranged({ ...ROOM, width: 900, screen: 420 }, PANES, WISHES);
  assert.match(open.style, /height:420px/);
  assert.match(arranged({ ...ROOM, width: 900, screen: 100 }, PANES, WISHES).style, /height:300px/);
});

test("on a phone picture and map stand beside each other, and all of it fits a screen", () => {
  const { side, deck, wanted } = arranged({ width: 336, height: null, screen: 740, narrow: true }, PANES, WISHES);
  assert.deepEqual([deck, side.width], [true, 163]);
  assert.ok(wanted < 480, `${wanted}`);
});

test("a low frame of several channels shows them beside each other rather than pictures of two pixels", () => {
  const board = { columns: 6, rows: 6, count: 3, signs: 2, letters: 2 };
  const wishes = { board, lines: [], sum: 5, picture: { steepness: 1, columns: 6 } };
  for (const height of [120, 155, 167]) {
    const { deck, side } = arranged({ width: 344, height, screen: 225, narrow: true, low: true }, PANES, wishes);
    assert.equal(deck, false);
    assert.ok(side.height > 90, `${side.height}`);
  }
});

test("a picture is as steep as it is, a signal flat, a vector square", () => {
  const border = { top: 1, bottom: 1, left: 0, right: 0 };
  assert.equal(steepnessOf(/** @type {any} */ ({ shape: [1, 4, 6], border })), 1);
  assert.equal(steepnessOf(/** @type {any} */ ({ shape: [1, 1, 60], border })), 0.3);
  assert.equal(steepnessOf(/** @type {any} */ ({ shape: [10, 1, 1], border })), 1);
});

const BOX = { width: 900, height: 0, screen: 800, scale: 1 };

test("one width decides whether panes are stacked", () => {
  assert.equal(arrangementOf({ ...BOX, width: WIDE_FROM - 1 }).narrow, true);
  assert.equal(arrangementOf({ ...BOX, width: WIDE_FROM }).narrow, false);
});

test("the timeline sticks where panes are stacked, the window is high and nothing is scaled", () => {
  const phone = { ...BOX, width: 360 };
  assert.equal(arrangementOf(phone).sticky, true);
  assert.equal(arrangementOf({ ...phone, scale: 1.2 }).sticky, false);
  assert.equal(arrangementOf({ ...phone, screen: 400 }).sticky, false);
  assert.equal(arrangementOf({ ...phone, height: 500 }).sticky, false);
  assert.equal(arrangementOf(BOX).sticky, false);
});

test("a phone's address bar is no new room, another width or a fixed height is", () => {
  const phone = { ...BOX, width: 360 };
  assert.equal(sameRoom({ ...phone, screen: 700 }, phone), true);
  assert.equal(sameRoom({ ...BOX, screen: 700 }, BOX), false);
  assert.equal(sameRoom({ ...phone, width: 361 }, phone), false);
  assert.equal(sameRoom({ ...phone, height: 400 }, phone), false);
  assert.equal(sameRoom({ ...phone, height: 190 }, phone), true, "too low to be a box of its own");
});

test("padding is no room for panes", () => {
  assert.deepEqual(
    paddingOf(
      /** @type {any} */ ({ paddingLeft: "12px", paddingRight: "8px", paddingTop: "1px", paddingBottom: "2px" }),
    ),
    { across: 20, down: 3 },
  );
  const host = Object.assign(document.createElement("div"), {
    box: { left: 0, top: 0, width: 732, height: 472 },
    computed: { paddingLeft: "16px", paddingRight: "16px", paddingTop: "16px", paddingBottom: "16px" },
  });
  const content = document.createElement("div");
  assert.deepEqual(roomIn(host, content), { width: 700, height: 440, screen: 900, scale: 1 });
  assert.equal(content.style.position, "", "the content is back where it was");
});

test("a host says which panes it wants, and whether it wants the timeline", () => {
  const host = document.createElement("div");
  assert.deepEqual(panesOf(host), PANES);
  host.setAttribute("view", "output nothing input");
  assert.deepEqual(panesOf(host), ["output", "input"]);
  host.setAttribute("view", "nothing");
  assert.deepEqual(panesOf(host), PANES);
  const [frame, timeline, warnings] = ["div", "div", "ul"].map((tag) => document.createElement(tag));
  warnings.append(document.createElement("li"));
  const shown = (/** @type {string} */ word) => {
    host.setAttribute("controls", word);
    const changed = showControls(host, frame, timeline, warnings);
    return [changed, !timeline.hidden, !warnings.hidden];
  };
  assert.deepEqual(shown(""), [true, true, true]);
  for (const word of ["none", "false", "off"]) assert.deepEqual(shown(word), [word === "none", false, false]);
  assert.deepEqual(shown("bar"), [true, true, false]);
  assert.deepEqual(shown("bar"), [false, true, false]);
});

test("a pointer is where it is seen, however large the element is shown", () => {
  const node = Object.assign(document.createElement("div"), { box: { left: 100, top: 50, width: 400, height: 200 } });
  assert.deepEqual(pointIn(node, { clientX: 300, clientY: 150 }), { x: 200, y: 100 });
  Object.assign(node, { scale: 0.5 });
  assert.equal(magnification(node), 0.5);
  assert.deepEqual(pointIn(node, { clientX: 200, clientY: 100 }), { x: 200, y: 100 });
});

test("an element without a size has the scale of its page", () => {
  assert.equal(magnification(document.createElement("div")), 1);
});

test("windows that become columns have legible cells in the frame that pages paste", () => {
  const board = { columns: 4, rows: 9, count: 1, signs: 1, letters: 3 };
  const wishes = { board, lines: [190], sum: 0.1, picture: { steepness: 0.66, columns: 570 } };
  const room = { ...ROOM, width: 684, height: 370 };
  const { middle } = arranged(room, PANES, wishes);
  assert.equal(middle.result, 0, "no sum, no room for one");
  assert.ok(arranged(room, PANES, { ...wishes, sum: 4 }).middle.result > 0);
});
