/** What the lab says when the server says no: the button names what mends the scene. */
import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { titleOf } from "../../static/lab/notice.js";

test("a button says that a picture is resized only where it is", () => {
  assert.equal(titleOf("cat 28 | @lenet-5", "(1, 64, 64)"), "Resize to 28");
  assert.equal(titleOf("image:abcdef12 28 crop=(0,0,9,9) | @mlp", "(1, 9, 9)"), "Resize to 28");
  assert.equal(
    titleOf("cat 64 | adaptive_avg_pool2d (19,28) | pad ((4,5),(0,0)) | @mlp", "(1, 43, 64)"),
    "Resize to 28",
  );
  assert.equal(titleOf("cat 28 | @mlp", "(3, 28, 28)"), "Make the input fit");
  assert.equal(titleOf("[1 2; 3 4] | adaptive_avg_pool2d 28 | @mlp", "(1, 2, 2)"), "Resize to 28");
  assert.equal(titleOf("cat 64 rgb | flip | channel_avg_pool | @mlp", "(3, 28, 28)"), "Make the input fit");
  assert.equal(titleOf("digit-7 | conv2d sobel-x | pad 1 | @mlp", "(1, 26, 26)"), "Make the input fit");
});
