import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../static/player/player.js";
import { ServerError } from "../../static/wire/client.js";
import { audience, handClock, settled, source, stepsBetween } from "./stand_ins.js";

function walk({
  steps = 4096,
  index = 0,
  ready = stepsBetween(0, 64),
  cells = 9,
  open = true,
  seen: sight = () => true,
} = {}) {
  const time = handClock();
  const server = source({ open });
  const { seen, audience: listener } = audience();
  const settings = { steps, index, ready, cells, seen: sight };
  const player = new Player({ ...settings, source: server.ask, clock: time.clock, audience: listener });
  player.begin();
  return { player, time, server, seen };
}

test("the first step is shown at once from what came with the page", () => {
  const { seen } = walk();
  assert.deepEqual(seen.shown, [0]);
});

test("a quick walk begins with the next frame, a slow one rests on its first step", () => {
  for (const { speed, seconds, shown } of [
    { speed: 8, seconds: 2 / 60, shown: [0, 1] },
    { speed: 2, seconds: 0.4, shown: [0] },
  ]) {
    const { player, time, seen } = walk();
    player.speed = speed;
    player.play();
    time.turn(seconds);
    assert.deepEqual(seen.shown, shown);
  }
});

test("one second at four steps a second shows four steps, in order and each once", () => {
  const { player, time, seen } = walk();
  player.speed = 4;
  player.play();
  time.turn(1.05);
  assert.deepEqual(seen.shown, [0, 1, 2, 3, 4]);
});

test("a fast walk shows one step a frame and asks for those steps only", async () => {
  const { player, time, server, seen } = walk();
  player.speed = 960;
  player.play();
  for (let frame = 0; frame < 30; frame += 1) {
    time.turn(1 / 60);
    await settled();
  }
  assert.ok(server.asked.some(({ every }) => every === 16));
  assert.ok(seen.shown.length <= 32);
  assert.ok(seen.shown.slice(1).every((index) => index % 16 === 0));
});

test("requests begin at multiples of their block, so that answers can be cached", async () => {
  const { player, time, server } = walk();
  player.speed = 500;
  player.play();
  for (let frame = 0; frame < 60; frame += 1) {
    time.turn(1 / 60);
    await settled();
  }
  assert.ok(server.asked.length > 0);
  for (const { start, every } of server.asked) assert.equal(start % (64 * every), 0);
});

test("the play head waits for steps that are not here", async () => {
  const { player, time, server, seen } = walk({ open: false, ready: stepsBetween(0, 8) });
  player.speed = 8;
  player.play();
  time.turn(5);
  assert.equal(seen.shown.at(-1), 7);
  assert.equal(player.waiting, true);
  server.open = true;
  server.answer();
  await settled();
  time.turn(0.5);
  assert.ok(player.index > 7 && player.index < 16, `no jump over what was missed: ${player.index}`);
  assert.equal(player.waiting, false);
});

test("a seek shows its own step and no other, however late its answer", async () => {
  const { player, server, seen } = walk({ open: false });
  player.seek(3000);
  player.seek(2000);
  assert.deepEqual(seen.shown, [0]);
  server.answer();
  await settled();
  assert.deepEqual(seen.shown, [0, 2000]);
});

test("what nobody waits for any more is aborted", async () => {
  const { player, server } = walk({ open: false });
  player.seek(3000);
  const [first] = server.asked.filter(({ start }) => start === 2944);
  player.seek(1000);
  assert.equal(first.signal.aborted, true);
});

test("stepping back and forward stands still between steps", () => {
  const { player, time, seen } = walk();
  player.walk(1);
  player.walk(1);
  player.walk(-1);
  time.turn(2);
  assert.deepEqual(seen.shown, [0, 1, 2, 1]);
});

test("the walk ends on its last step, once, and play begins again", () => {
  const { player, time, seen } = walk({ steps: 5, ready: stepsBetween(0, 5) });
  player.speed = 8;
  player.play();
  time.turn(2);
  assert.equal(seen.shown.at(-1), 4);
  assert.equal(seen.ends, 1);
  assert.equal(player.playing, false);
  player.play();
  time.turn(0.1);
  assert.equal(player.index, 1);
});

test("a loop rests on the last step, then begins again", () => {
  const { player, time, seen } = walk({ steps: 5, ready: stepsBetween(0, 5) });
  player.loop = true;
  player.speed = 8;
  player.play();
  time.turn(4);
  assert.ok(seen.shown.filter((index) => index === 0).length >= 2);
  assert.equal(seen.ends, 0);
  assert.equal(player.playing, true);
});

test("the last step is shown also when the speed would pass over it", async () => {
  const { player, time, seen } = walk({ steps: 1000 });
  player.speed = 500;
  player.play();
  for (let frame = 0; frame < 200; frame += 1) {
    time.turn(1 / 60);
    await settled();
  }
  assert.equal(seen.shown.at(-1), 999);
  assert.equal(seen.ends, 1);
});

test("inspecting shows another step and leaving restores, while playback stands still", () => {
  const { player, time, seen } = walk();
  player.speed = 8;
  player.play();
  time.turn(0.3);
  const at = player.index;
  player.inspect(40);
  time.turn(2);
  assert.deepEqual(seen.inspected, [40]);
  assert.equal(player.index, at);
  player.release();
  assert.equal(seen.shown.at(-1), at);
});

test("time out of sight does not count", () => {
  let sight = false;
  const { player, time } = walk({ seen: () => sight });
  player.speed = 4;
  player.play();
  time.turn(3);
  assert.equal(player.index, 0);
  sight = true;
  time.turn(1.05);
  assert.equal(player.index, 4);
});

test("speed stays between one step in two seconds and the whole picture in two", () => {
  const { player } = walk({ steps: 4096 });
  player.speed = 1e9;
  assert.equal(player.speed, 2048);
  player.speed = 0;
  assert.equal(player.speed, 0.5);
});

test("a quarter of a million steps are walked with a bounded number of blocks", async () => {
  const { player, time } = walk({ steps: 262_144 });
  player.speed = 1e6;
  player.loop = true;
  player.play();
  for (let frame = 0; frame < 300; frame += 1) {
    time.turn(1 / 60);
    if (frame % 4 === 0) await settled();
  }
  for (let index = 0; index < 262_144; index += 2048) {
    player.seek(index);
    await settled();
  }
  assert.ok(player.buffer.count <= 132, `${player.buffer.count}`);
});

test("a refusal stops playback and says so; a retry asks again", async () => {
  const { player, server, seen } = walk({ open: false });
  player.seek(1000);
  server.broken = true;
  server.answer();
  await settled();
  assert.ok(seen.errors.length > 0);
  server.broken = false;
  server.open = true;
  player.retry();
  await settled();
  assert.equal(seen.shown.at(-1), 1000);
});

test("a server that does not answer stops nothing: what is here is walked, and the walk goes on after", async () => {
  const { player, time, server, seen } = walk();
  server.broken = true;
  server.failure = new ServerError({}, 0);
  player.speed = 20;
  player.play();
  for (let second = 0; second < 5; second += 1) {
    time.turn(1);
    await settled();
  }
  assert.deepEqual([player.playing, player.waiting, player.index], [true, true, 63]);
  const pressed = server.asked.length;
  time.turn(5);
  await settled();
  assert.equal(server.asked.length, pressed);
  assert.ok(seen.errors.length > 0);
  server.broken = false;
  player.retry();
  await settled();
  assert.equal(seen.found, 1);
  time.turn(1);
  assert.ok(player.index > 63);
});

test("where nothing is missing any more, a retry finds that at once", async () => {
  const { player, server, seen } = walk();
  server.broken = true;
  player.seek(1000);
  await settled();
  player.seek(3);
  assert.equal(seen.found, 0);
  player.retry();
  assert.equal(seen.found, 1);
});

test("a closed player keeps no frame and no request", () => {
  const { player, time, server } = walk({ open: false });
  player.play();
  player.seek(3000);
  player.close();
  assert.equal(time.running, false);
  assert.ok(server.asked.every(({ signal }) => signal.aborted));
});

test("all players of a page share one frame", () => {
  const time = handClock();
  let ticks = 0;
  const [one, other] = [
    () => {
      ticks += 1;
    },
    () => {
      ticks += 1;
    },
  ];
  time.clock.add(one);
  time.clock.add(other);
  time.turn(1 / 60);
  assert.equal(ticks, 2);
  time.clock.delete(one);
  time.clock.delete(other);
  assert.equal(time.running, false);
});

test("a walk whose speed nobody chose begins slowly, and the whole of it takes less than 45 seconds", async () => {
  const { player, time, seen } = walk({ steps: 2542 });
  player.speed = 2542 / 30;
  player.route.gentle = true;
  player.play();
  time.turn(3);
  assert.ok(player.index >= 5 && player.index < 12, `${player.index}: they can be read`);
  for (let second = 3; second < 44; second += 1) {
    time.turn(1);
    await settled();
  }
  assert.equal(seen.ends, 1);
});
