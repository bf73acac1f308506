/** Modules that bring a stylesheet load without a browser: what such an import gives is an empty sheet of that name.
 * Whoever imports this imports them with `await import(...)`, for imports are found before any module is run. */
import { registerHooks } from "node:module";

globalThis.CSSStyleSheet ??= class {
  /** @param {{ name?: string }} [from] */
  constructor({ name = "" } = {}) {
    this.name = name;
  }
};

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".css")) return next(url, context);
    const name = JSON.stringify(url.slice(url.lastIndexOf("/") + 1));
    return { format: "module", source: `export default new CSSStyleSheet({ name: ${name} });`, shortCircuit: true };
  },
});
