import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrangementOf, paddingOf, roomIn, sameRoom, withoutControls } from "../../static/element/fitting.js";
import { panesOf } from "../../static/element/linking.js";
import { magnification, pointIn } from "../../static/page/pointer.js";
import { sideBySide, stacked, steepnessOf } from "../../static/stage/arranging.js";
import { PANES, WIDE_FROM } from "../../static/words/vocabulary.js";

const WISHES = { share: 0.4, narrowest: 0, height: 0, steepness: 0.7, rows: false };

/** Widths of the columns that a style says. @param {string} style */
const columnsOf = (style) =>
  [.../** @type {any} */ (/columns:([^;]*)/.exec(style))[1].matchAll(/([\d.]+)px/g)].map(([, width]) => Number(width));

test("panes beside each other fill the width and never more", () => {
  for (let width = WIDE_FROM - 24; width < 1600; width += 37)
    for (const share of [0.38, 0.4, 0.44, 0.5])
      for (const views of [PANES, ["input", "output"], ["arithmetic"], ["output"]]) {
        const room = { width, height: null, screen: 800, narrow: false };
        const { style } = sideBySide(room, views, { ...WISHES, share });
        const columns = columnsOf(style);
        const gap = Number(/** @type {any} */ (/gap:(\d+)/.exec(style))[1]);
        const used = columns.reduce((sum, column) => sum + column, 0) + gap * (columns.length - 1);
        assert.equal(columns.length, views.length);
        assert.ok(used <= width && used > width - 4, `${width} ${share} ${views}: ${used}`);
      }
});

test("a low frame keeps its height, an open page gives what the panes wish and the screen has", () => {
  const room = { width: 1000, height: null, screen: 900, narrow: false };
  assert.match(sideBySide({ ...room, height: 400 }, PANES, WISHES).style, /height:400px/);
  assert.match(sideBySide(room, PANES, { ...WISHES, height: 500 }).style, /height:500px/);
  assert.match(sideBySide({ ...room, screen: 420 }, PANES, { ...WISHES, height: 500 }).style, /height:420px/);
  assert.match(sideBySide({ ...room, screen: 100 }, PANES, WISHES).style, /height:300px/);
  assert.equal(sideBySide({ ...room, screen: 100 }, PANES, { ...WISHES, height: 500 }).wanted, 500);
});

test("high frames leave the width of folded arithmetic to the pictures", () => {
  const room = { width: 1000, height: 500, screen: 900, narrow: false };
  const [usual, folded] = [0, 240].map((narrowest) => sideBySide(room, PANES, { ...WISHES, narrowest }));
  assert.equal(folded.middle.width, 240);
  assert.ok(folded.side.width > usual.side.width);
});

test("on a phone pictures share what the screen leaves, and the arithmetic is as high as it likes", () => {
  const room = { width: 336, height: null, screen: 740, narrow: true };
  const { side, middle, style } = stacked(room, WISHES);
  assert.equal(style, "");
  assert.equal(side.width, 336);
  assert.ok(2 * side.height < 740 - 200);
  assert.equal(middle.free, true);
  assert.ok(stacked(room, { ...WISHES, rows: true }).middle.height > middle.height);
});

test("a picture is as steep as it is, a signal flat, a vector square", () => {
  const border = { top: 1, bottom: 1, left: 0, right: 0 };
  assert.equal(steepnessOf(/** @type {any} */ ({ shape: [1, 4, 6], border })), 1);
  assert.equal(steepnessOf(/** @type {any} */ ({ shape: [1, 1, 60], border })), 0.3);
  assert.equal(steepnessOf(/** @type {any} */ ({ shape: [10, 1, 1], border })), 1);
});

const ROOM = { width: 900, height: 0, screen: 800, scale: 1 };

test("one width decides whether panes are stacked", () => {
  assert.equal(arrangementOf({ ...ROOM, width: WIDE_FROM - 1 }).narrow, true);
  assert.equal(arrangementOf({ ...ROOM, width: WIDE_FROM }).narrow, false);
});

test("the timeline sticks where panes are stacked, the window is high and nothing is scaled", () => {
  const phone = { ...ROOM, width: 360 };
  assert.equal(arrangementOf(phone).sticky, true);
  assert.equal(arrangementOf({ ...phone, scale: 1.2 }).sticky, false);
  assert.equal(arrangementOf({ ...phone, screen: 400 }).sticky, false);
  assert.equal(arrangementOf({ ...phone, height: 500 }).sticky, false);
  assert.equal(arrangementOf(ROOM).sticky, false);
});

test("a phone's address bar is no new room, another width or a fixed height is", () => {
  const phone = { ...ROOM, width: 360 };
  assert.equal(sameRoom({ ...phone, screen: 700 }, phone), true);
  assert.equal(sameRoom({ ...ROOM, screen: 700 }, ROOM), false);
  assert.equal(sameRoom({ ...phone, width: 361 }, phone), false);
  assert.equal(sameRoom({ ...phone, height: 400 }, phone), false);
  assert.equal(sameRoom({ ...phone, height: 200 }, phone), true, "too low to be a box of its own");
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
  for (const word of ["none", "false", "off"]) {
    host.setAttribute("controls", word);
    assert.equal(withoutControls(host), true);
  }
  host.setAttribute("controls", "");
  assert.equal(withoutControls(host), false);
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
