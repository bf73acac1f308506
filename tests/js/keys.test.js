import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf } from "../../static/element/keys.js";

/** @param {string} key  @param {object} more */
const press = (key, more = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  defaultPrevented: false,
  ...more,
});

test("a presenter's clicker steps", () => {
  assert.equal(actionOf(press("PageDown"), ""), "forward");
  assert.equal(actionOf(press("PageUp"), ""), "back");
});

test("shift and an arrow walk a row", () => {
  assert.equal(actionOf(press("ArrowRight", { shiftKey: true }), ""), "rowForward");
  assert.equal(actionOf(press("ArrowRight"), ""), "forward");
});

test("a focused button keeps its space, a slider its arrows, a field everything", () => {
  assert.equal(actionOf(press(" "), "button"), null);
  assert.equal(actionOf(press("ArrowLeft"), "button"), "back");
  assert.equal(actionOf(press("ArrowLeft"), "range"), null);
  assert.equal(actionOf(press(","), "range"), "back");
  assert.equal(actionOf(press("f"), "text"), null);
});

test("the browser's own shortcuts stay its own", () => {
  assert.equal(actionOf(press("f", { ctrlKey: true }), ""), null);
  assert.equal(actionOf(press("ArrowLeft", { altKey: true }), ""), null);
  assert.equal(actionOf(press("["), ""), "slower");
  assert.equal(actionOf(press("x"), ""), null);
});
