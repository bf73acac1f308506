// A directive for mystmd (MyST's own program, and Jupyter Book 2): name this file under `project: plugins:` in myst.yml.
//
//   :::{kernelwalk} cat 64 | sobel-x
//   :format: svg
//   :::
//
// It asks the command `kernelwalk` (KERNELWALK names another one) for a picture beside the pages; with `:server:` it
// shows a frame of that server. MyST takes scripts and elements out, so a picture is what always arrives.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";

const FOLDER = "kernelwalk-figures";
const OWN = ["format", "server", "alt", "caption"];

/** The file of a figure, drawn unless it is there: its name says all that made it. */
function fileOf(line, format, words) {
  const said = Object.entries(words).flatMap(([name, word]) => (word === "" ? [`--${name}`] : [`--${name}`, word]));
  const name = createHash("sha256").update(JSON.stringify([line, format, said])).digest("hex").slice(0, 12);
  const path = `${FOLDER}/kernelwalk-${name}.${format}`;
  if (!existsSync(path)) {
    mkdirSync(FOLDER, { recursive: true });
    execFileSync(process.env.KERNELWALK ?? "kernelwalk", ["render", line, "-o", path, ...said], { stdio: "pipe" });
  }
  return path;
}

const WORDS = ["layer", "steps", "every", "still", "strip", "fps", "hold", "width", "theme", "lang", "play", "step"];

/** @type {import("myst-common").DirectiveSpec} */
const kernelwalk = {
  name: "kernelwalk",
  doc: "A figure of Kernelwalk.",
  arg: { type: String, required: true, doc: "A scene line" },
  options: Object.fromEntries([...OWN, ...WORDS].map((name) => [name, { type: String }])),
  run({ arg, options = {} }) {
    const { format = "svg", server, alt, caption, ...words } = options;
    const said = alt ?? caption ?? `Kernelwalk: ${arg}`;
    if (server) {
      const query = new URLSearchParams({ scene: arg, ...words }).toString().replaceAll("+", "%20");
      return [{ type: "iframe", src: `${server}/embed?${query}`, width: "100%", title: said }];
    }
    const shown = { type: "image", url: fileOf(arg, format, words), alt: said };
    if (!caption) return [shown];
    const line = { type: "caption", children: [{ type: "paragraph", children: [{ type: "text", value: caption }] }] };
    return [{ type: "container", kind: "figure", children: [shown, line] }];
  },
};

export default { name: "Kernelwalk", directives: [kernelwalk] };
