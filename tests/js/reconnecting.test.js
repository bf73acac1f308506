import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Reconnecting } from "../../static/element/reconnecting.js";

mock.timers.enable({ apis: ["setTimeout"] });

/** Counts how often it asks again, on a network of its own. */
function reconnecting() {
  const network = new EventTarget();
  const log = { tries: 0 };
  const again = new Reconnecting(() => {
    log.tries += 1;
  }, network);
  return { again, network, log };
}

test("a lost server is asked again soon, and each time later, until it is found", () => {
  const { again, log } = reconnecting();
  for (const [wait, tries] of [
    [500, 1],
    [1000, 2],
    [2000, 3],
    [4000, 4],
    [8000, 5],
    [8000, 6],
  ]) {
    again.lost();
    mock.timers.tick(wait - 1);
    assert.equal(log.tries, tries - 1);
    mock.timers.tick(1);
    assert.equal(log.tries, tries);
  }
  again.found();
  mock.timers.tick(60_000);
  assert.equal(log.tries, 6);
  again.lost();
  mock.timers.tick(500);
  assert.equal(log.tries, 7);
});

test("a network that is back is used at once, and only while somebody waits for it", () => {
  const { again, network, log } = reconnecting();
  network.dispatchEvent(new Event("online"));
  assert.equal(log.tries, 0);
  again.lost();
  network.dispatchEvent(new Event("online"));
  mock.timers.tick(60_000);
  assert.equal(log.tries, 1);
  again.found();
  network.dispatchEvent(new Event("online"));
  assert.equal(log.tries, 1);
});
