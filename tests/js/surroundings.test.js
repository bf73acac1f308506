import "./dom.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Surroundings } from "../../static/element/surroundings.js";
import { happen, QUERIES, SightObserver, SizeObserver } from "./dom.js";

test("size, sight, window, theme and screen are watched as long as the element stands in the page", () => {
  const host = document.createElement("kernel-walk");
  const told = /** @type {string[]} */ ([]);
  const say = (/** @type {string} */ word) => () => told.push(word);
  const surroundings = new Surroundings(host, {
    resized: say("resized"),
    moved: say("moved"),
    seen: (seen) => told.push(`seen ${seen}`),
    looks: say("looks"),
  });
  surroundings.open();
  const [size] = [...SizeObserver.all].filter(
    (observer) => observer instanceof SizeObserver && observer.seen.has(host),
  );
  const [sight] = [...SightObserver.all].filter(
    (observer) => observer instanceof SightObserver && observer.seen.has(host),
  );
  size.act();
  sight.act([{ isIntersecting: true }, { isIntersecting: false }]);
  happen({ type: "resize" });
  /** @type {any} */ (QUERIES.get("(prefers-color-scheme: dark)")).hear({ type: "change" });
  assert.deepEqual(told, ["resized", "seen false", "moved", "looks"]);
  surroundings.close();
  assert.equal(size.seen.size + sight.seen.size, 0);
  for (const query of QUERIES.values()) assert.equal(query.listeners, 0, query.media);
  told.length = 0;
  happen({ type: "resize" });
  assert.deepEqual(told, []);
});

test("each change of resolution asks for the next one", () => {
  const looks = /** @type {number[]} */ ([]);
  const surroundings = new Surroundings(document.createElement("kernel-walk"), {
    resized() {},
    moved() {},
    seen() {},
    looks: () => looks.push(devicePixelRatio),
  });
  surroundings.open();
  for (const [before, now] of [
    [1, 2],
    [2, 1.5],
    [1.5, 1],
  ]) {
    globalThis.devicePixelRatio = now;
    /** @type {any} */ (QUERIES.get(`(resolution: ${before}dppx)`)).hear({ type: "change" });
  }
  assert.deepEqual(looks, [2, 1.5, 1]);
  surroundings.close();
  for (const query of QUERIES.values()) assert.equal(query.listeners, 0, query.media);
});
