/** Steps around the play head: what is asked for, what is held, and what happens when answers come late or not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { StepBuffer } from "../../static/player/buffer.js";
import { settled, source, stepAt } from "./stand_ins.js";

/** @param {{ open?: boolean, total?: number, size?: number, limit?: number }} [settings] */
function held({ open = true, total = 100, size = 10, limit = 6 } = {}) {
  const server = source({ open });
  const told = { arrived: 0, /** @type {Error[]} */ failed: [] };
  const buffer = new StepBuffer({
    source: server.ask,
    total,
    size,
    limit,
    arrived: () => {
      told.arrived += 1;
    },
    failed: (error) => told.failed.push(error),
  });
  const spans = () => server.asked.map(({ start, stop, every }) => `${start}-${stop}/${every}`);
  return { buffer, server, told, spans };
}
const at = (/** @type {number} */ number, level = 0) => ({ level, number });

test("what a block holds is asked for once, and each of its steps can be had when it has come", async () => {
  const { buffer, told, spans } = held();
  buffer.want([at(2)]);
  assert.equal(buffer.busy, true);
  buffer.want([at(2)]);
  await settled();
  buffer.want([at(2)]);
  assert.deepEqual([spans(), told.arrived, buffer.busy], [["20-30/1"], 1, false]);
  for (let index = 0; index < 100; index += 1)
    assert.equal(buffer.get(index)?.index, index >= 20 && index < 30 ? index : undefined, `${index}`);
});

test("the last block ends with the scene, and what lies behind the end is not asked for", () => {
  const { buffer, spans } = held({ total: 95 });
  buffer.want([at(9), at(10), at(11)]);
  assert.deepEqual(spans(), ["90-95/1"]);
});

test("a level holds each second, fourth, eighth step, and its number follows from the step", async () => {
  const { buffer, spans } = held({ total: 1000, limit: 20 });
  for (const [index, level] of [
    [0, 1],
    [19, 1],
    [20, 1],
    [399, 2],
    [800, 3],
  ]) {
    const number = buffer.numberOf(index, level);
    assert.ok(number * 10 * 2 ** level <= index && index < (number + 1) * 10 * 2 ** level);
  }
  buffer.want([at(1, 2)]);
  await settled();
  assert.deepEqual(spans(), ["40-80/4"]);
  const here = Array.from({ length: 100 }, (_, index) => index).filter((index) => buffer.get(index));
  assert.deepEqual(here, [40, 44, 48, 52, 56, 60, 64, 68, 72, 76]);
});

test("steps of the opening need not be fetched; a block that misses one of them must be", () => {
  const { buffer, spans } = held({ total: 25 });
  buffer.add(Array.from({ length: 10 }, (_, place) => stepAt(place)));
  buffer.add([stepAt(10), stepAt(12)]);
  buffer.add([20, 21, 22, 23, 24].map(stepAt));
  assert.equal(buffer.get(12)?.index, 12);
  assert.equal(buffer.get(11), undefined);
  buffer.want([at(0), at(1), at(2)]);
  assert.deepEqual(spans(), ["10-20/1"]);
});

test("four requests at once, the most urgent first, and the next when one has ended", async () => {
  const { buffer, server, spans } = held({ open: false, limit: 20 });
  const wanted = [5, 4, 6, 3, 7, 2].map((number) => at(number));
  buffer.want(wanted);
  assert.deepEqual(spans(), ["50-60/1", "40-50/1", "60-70/1", "30-40/1"]);
  server.answer();
  await settled();
  buffer.want(wanted);
  assert.deepEqual(spans().slice(4), ["70-80/1", "20-30/1"]);
});

test("a request that nobody waits for is ended, makes room, and what comes of it later is not kept", async () => {
  const { buffer, server, told } = held({ open: false });
  buffer.want([at(0), at(1), at(2), at(3)]);
  buffer.want([at(7)]);
  assert.deepEqual(
    server.asked.map(({ signal }) => signal.aborted),
    [true, true, true, true, false],
  );
  server.answer();
  await settled();
  assert.equal(buffer.get(0), undefined);
  assert.equal(buffer.get(75)?.index, 75);
  assert.deepEqual([buffer.count, told.failed.length], [1, 0]);
});

test("a block let go and wanted again is asked for again, and the first answer does not end the second", async () => {
  const { buffer, server, spans } = held({ open: false });
  buffer.want([at(0)]);
  buffer.want([]);
  buffer.want([at(0)]);
  assert.deepEqual(spans(), ["0-10/1", "0-10/1"]);
  server.waiting.shift()?.();
  await settled();
  assert.equal(buffer.busy, true, "the second is still under way");
  server.answer();
  await settled();
  assert.deepEqual([buffer.busy, buffer.get(3)?.index], [false, 3]);
});

test("a failure is told once and stops the asking until somebody says that it may go on", async () => {
  const { buffer, server, told, spans } = held();
  server.broken = true;
  buffer.want([at(0)]);
  await settled();
  assert.deepEqual([told.failed.map(({ message }) => message), buffer.busy], [["gone"], false]);
  server.broken = false;
  buffer.want([at(0), at(1)]);
  assert.equal(spans().length, 1);
  buffer.resume();
  buffer.want([at(0), at(1)]);
  await settled();
  assert.deepEqual(spans().slice(1), ["0-10/1", "10-20/1"]);
  assert.deepEqual([told.failed.length, buffer.get(9)?.index], [1, 9]);
});

test("a request that was ended and breaks for that is no failure", async () => {
  const { buffer, server, told } = held({ open: false });
  buffer.want([at(0)]);
  buffer.want([at(1)]);
  server.broken = true;
  server.waiting.shift()?.();
  await settled();
  assert.deepEqual(told.failed, []);
  buffer.want([at(1), at(2)]);
  assert.equal(server.asked.length, 3, "and asking goes on");
});

test("no more blocks are held than the limit, and the least recently wanted go first", async () => {
  const { buffer } = held({ limit: 3 });
  const wanted = async (/** @type {number[]} */ ...numbers) => {
    buffer.want(numbers.map((number) => at(number)));
    await settled();
  };
  await wanted(0);
  await wanted(1);
  await wanted(2);
  await wanted(0);
  await wanted(3);
  assert.equal(buffer.count, 3);
  const kept = [0, 1, 2, 3].map((number) => Boolean(buffer.get(number * 10)));
  assert.deepEqual(kept, [true, false, true, true]);
});

test("what is wanted is kept, even where that is more than the limit", async () => {
  const { buffer } = held({ limit: 2 });
  for (let turn = 0; turn < 2; turn += 1) {
    buffer.want([at(0), at(1), at(2), at(3)]);
    await settled();
  }
  assert.deepEqual(
    [0, 10, 20, 30].map((index) => Boolean(buffer.get(index))),
    [true, true, true, true],
  );
});

test("over any walk the limit holds and a step is never one of another place", async () => {
  let seed = 7;
  const random = (/** @type {number} */ below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const { buffer } = held({ total: 3000, size: 8, limit: 9 });
  for (let turn = 0; turn < 60; turn += 1) {
    const level = random(4);
    const index = random(3000);
    const number = buffer.numberOf(index, level);
    buffer.want([at(number, level), at(number + 1, level)]);
    await settled();
    assert.ok(buffer.count <= 9, `${buffer.count}`);
    const place = index - (index % 2 ** level);
    assert.equal(buffer.get(place)?.index, place);
    for (let probe = 0; probe < 40; probe += 1) {
      const any = random(3000);
      assert.ok([undefined, any].includes(buffer.get(any)?.index));
    }
  }
});

test("when it is closed nothing is held, all requests end and nobody is told of what comes", async () => {
  const { buffer, server, told } = held({ open: false });
  buffer.add([stepAt(50)]);
  buffer.want([at(0), at(1)]);
  buffer.close();
  assert.ok(server.asked.every(({ signal }) => signal.aborted));
  server.waiting.shift()?.();
  server.broken = true;
  server.answer();
  await settled();
  assert.deepEqual([buffer.count, buffer.get(50), told.arrived, told.failed.length], [0, undefined, 0, 0]);
});
