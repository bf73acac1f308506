/** How long figures play from stop to stop: the player's own walk on a clock turned by hand; rows come on the input. */
import { readFileSync } from "node:fs";
import { Player } from "../../static/player/player.js";
import { besideOf } from "../../static/words/lines.js";
import { rangeOf, readStops, secondsBetween, standing } from "../../static/words/stops.js";
import { audience, handClock, settled, source, stepsBetween } from "./stand_ins.js";

const TICK = 0.1;

/** @param {{ line: string, layer: number, step: number, steps: number, speed: number, stops: string, compare: string,
 *   strongest: number }} row */
async function lengthOf({ line, layer, step, steps, speed, stops, compare, strongest }) {
  const time = handClock();
  const { seen, audience: listener } = audience();
  const ready = stepsBetween(0, Math.min(steps, 64));
  const settings = { steps, index: step, ready, source: source().ask, clock: time.clock, audience: listener };
  const player = new Player(settings);
  player.speed = speed;
  player.route.gentle = true;
  const range = rangeOf(null, null, steps);
  const places = standing(readStops(stops), range, strongest);
  player.bound({ ...range, stops: places.map(({ index }) => index), within: secondsBetween(places) });
  player.begin();
  let seconds = 0;
  const rests = [];
  while (player.index < steps - 1 && seconds < 600) {
    player.play();
    while (player.playing && seconds < 600) {
      time.turn(TICK);
      seconds += TICK;
      await settled();
    }
    rests.push(player.index);
  }
  const beside = compare ? besideOf(compare, line, layer) : null;
  return { seconds, rests, last: seen.shown.at(-1), places, beside };
}

/** Each walks on a clock of its own, so all may walk at once. */
const answers = await Promise.all(JSON.parse(readFileSync(0, "utf8")).map(lengthOf));
process.stdout.write(JSON.stringify(answers));
