/** Brings the lab once the first step is on the screen, so that nothing competes with it on a slow line. */
const walk = /** @type {import("../kernel-walk.js").KernelWalk} */ (document.querySelector("kernel-walk"));

/** A walk that does not come must not keep the lab away. */
const LONGEST_WAIT = 4000;

let brought = false;

function bring() {
  if (brought) return;
  brought = true;
  const sheets = ["settings", "panels", "views", "learned", "sharing"].map((name) =>
    Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside(`../styles/${name}.css`) }),
  );
  const address = beside("lab.js");
  const early = Object.assign(document.createElement("link"), { rel: "modulepreload", href: address });
  const dressed = sheets.map(
    (sheet) =>
      new Promise((settled) => {
        for (const kind of ["load", "error"]) sheet.addEventListener(kind, settled);
      }),
  );
  document.head.append(...sheets, early);
  Promise.all([bringWords(), ...dressed]).then(() => import(address));
}

/** The page's sentences as data, where lab.js looks for them; English needs none. No script, whose text is guarded. */
async function bringWords() {
  const { lang } = document.documentElement;
  if (lang === "en") return;
  const block = Object.assign(document.createElement("data"), { id: "words", hidden: true });
  const answer = await fetch(beside(`../words/page/${lang}.json`)).catch(() => null);
  block.textContent = answer?.ok ? await answer.text() : "{}";
  document.head.append(block);
}

/** @param {string} path */
function beside(path) {
  return new URL(path, import.meta.url).href;
}

/** After the frame that shows it. */
const painted = () => requestAnimationFrame(() => setTimeout(bring));

if (walk.opening) painted();
else for (const kind of ["ready", "error"]) walk.addEventListener(kind, painted, { once: true });
setTimeout(bring, LONGEST_WAIT);
