/** Canvases that remember what they were told. */
import { pixelsOf } from "./pixels.js";

const lineOf = (name, { strokeStyle, lineWidth }) => (name === "stroke" ? { line: { strokeStyle, lineWidth } } : {});

/** A canvas that remembers what it was told to draw, with the properties that held at the time. */
export function recorder(canvas) {
  const calls = [];
  const state = {};
  const told = { fillRect: "fillStyle", strokeRect: "strokeStyle", fillText: "fillStyle", clearRect: "" };
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "calls") return calls;
        if (name === "canvas") return canvas;
        if (name in state) return state[name];
        if (name === "createImageData")
          return (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) });
        if (name === "getImageData") return (...box) => pixelsOf(calls, box);
        return (...args) =>
          calls.push({
            name,
            args,
            colour: state[told[name]],
            ...lineOf(name, state),
            font: state.font,
            align: state.textAlign,
            base: state.textBaseline,
            alpha: state.globalAlpha ?? 1,
          });
      },
      set(_, name, value) {
        state[name] = value;
        if (name === "font") calls.push({ name: "font", args: [value] });
        return true;
      },
    },
  );
}

/** Calls of one kind that a canvas was told. */
export const told = (context, name) => context.calls.filter((call) => call.name === name);
