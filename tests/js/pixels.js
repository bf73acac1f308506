/** What a canvas shows of a few calls: filled boxes and strokes with round ends, each in one grey. */

const GREYS = { "#000": 0, "#fff": 255 };

/** @param {any[]} calls  @param {number[]} box  left, top, width, height */
export function pixelsOf(calls, [left, top, width, height]) {
  const data = new Uint8ClampedArray(width * height * 4);
  const paint = (grey, hits) => {
    for (let place = 0; place < width * height; place += 1)
      if (hits(left + (place % width) + 0.5, top + Math.floor(place / width) + 0.5))
        data.set([grey, grey, grey, 255], 4 * place);
  };
  const covers = ({ name, args: [x, y, wide, high] }) =>
    name === "fillRect" && x <= left && y <= top && x + wide >= left + width && y + high >= top + height;
  let path = [];
  for (const { name, args, colour, line } of calls.slice(Math.max(0, calls.findLastIndex(covers)))) {
    if (name === "beginPath") path = [];
    if (name === "moveTo" || name === "lineTo") path.push(args);
    if (name === "fillRect" && colour in GREYS) {
      const [x, y, wide, high] = args;
      paint(GREYS[colour], (across, down) => across >= x && across < x + wide && down >= y && down < y + high);
    }
    if (name === "stroke" && line.strokeStyle in GREYS) {
      const ends = path.slice(1).map((end, place) => [path[place], end]);
      const reach = line.lineWidth / 2;
      paint(GREYS[line.strokeStyle], (...point) => ends.some(([from, to]) => distance(point, from, to) <= reach));
    }
  }
  return { width, height, data };
}

/** From a point to a line between two others. */
function distance([x, y], [fromX, fromY], [toX, toY]) {
  const [across, down] = [toX - fromX, toY - fromY];
  const length = across ** 2 + down ** 2;
  const share = length ? Math.max(0, Math.min(1, ((x - fromX) * across + (y - fromY) * down) / length)) : 0;
  return Math.hypot(x - fromX - share * across, y - fromY - share * down);
}
