/** Looking at a step for a moment, before it has come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../static/player/player.js";
import { audience, handClock, settled, source, stepsBetween } from "./stand_ins.js";

test("a step that is looked at is told of at once, and the rows around it are asked for", async () => {
  const server = source({ open: false });
  const { seen, audience: listener } = audience();
  const player = new Player({
    ...{ steps: 4096, index: 0, row: 200, ready: stepsBetween(0, 64) },
    ...{ source: server.ask, clock: handClock().clock, audience: listener },
  });
  player.begin();
  player.inspect(20);
  assert.deepEqual([seen.inspected, seen.awaited], [[20], []]);
  player.inspect(1000);
  assert.deepEqual([seen.inspected, seen.awaited], [[20], [1000]]);
  server.open = true;
  server.answer();
  await settled();
  assert.deepEqual([seen.inspected, seen.awaited], [[20, 1000], [1000]]);
  const asked = server.asked.map(({ start }) => start);
  for (const place of [768, 1152]) assert.ok(asked.includes(place), `${asked}`);
});
