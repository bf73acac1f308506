/** The kernel's editor in a form that writes what it is told, as the lab's does. */
import assert from "node:assert/strict";
import { KernelEditor } from "../../static/lab/kernel-editor.js";
import { fire } from "./dom.js";
import { settled } from "./stand_ins.js";

export const SOBEL = [
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
];

/** It refuses while it has a refusal.
 * @param {any} weight  @param {{ channels?: number, largest?: number[] }} [input] */
export function editor(weight, { channels = 1, largest = [9, 9] } = {}) {
  const state = { refusal: "", written: /** @type {any} */ ({ weight }) };
  const told = /** @type {any[]} */ ([]);
  const made = new KernelEditor({
    change: async (settings) => {
      told.push(settings);
      if (state.refusal) return state.refusal;
      state.written = { ...state.written, ...settings };
      made.show(state.written.weight, channels, largest);
      return "";
    },
    written: () => ({ ...state.written }),
  });
  document.body.replaceChildren(made.root);
  made.show(weight, channels, largest);
  /** Press what is called so, by its title or its text. @param {string} name */
  const press = async (name) => {
    const found = [...made.root.querySelectorAll("button")].find(
      (button) => !button.hidden && [button.title, button.textContent].includes(name),
    );
    assert.ok(found, `${name} is offered`);
    found.click();
    await settled();
  };
  const links = () => [...made.others.querySelectorAll("button")].map(({ textContent }) => textContent);
  const cells = () => [.../** @type {any} */ (made.grid.root.children)].map(({ value }) => value.replace("−", "-"));
  const said = () => (made.understood.line.hidden ? "" : made.understood.text.textContent);
  const complaint = () => (made.understood.complaint.hidden ? "" : made.understood.complaint.textContent);
  const key = async (/** @type {string} */ name, more = {}) => {
    const event = fire(made.grid.root.children[0], "keydown", { key: name, ctrlKey: true, ...more });
    await settled();
    return event.defaultPrevented;
  };
  const choose = (/** @type {number} */ chooser, /** @type {number} */ at) => {
    const select = /** @type {any} */ (made.planes.children[chooser]);
    select.selectedIndex = at;
    fire(select, "change");
  };
  return { made, state, told, press, links, cells, said, complaint, key, choose };
}
