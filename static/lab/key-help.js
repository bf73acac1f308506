/** The list of keys: those of the player, then those of the lab around it. */
import { make } from "../page/elements.js";
import { _, LANG } from "../page/words.js";
import { keyListIn, nameAsPrinted } from "../words/key-list.js";

/** @returns {HTMLDialogElement} opened by whoever asks for it */
export function keyHelp() {
  const own = [
    ["1 – 9", _("views of this step, as their tabs stand")],
    ["Alt + ← →", _("move the chosen operation")],
    ["Delete", _("remove the chosen operation")],
    ["Enter, Esc", _("apply the scene line, take it back")],
  ];
  const rows = [...keyListIn(LANG), ...own].flatMap(([key, meaning]) => [
    make("dt", {}, make("kbd", { translate: "no" }, key)),
    make("dd", {}, meaning),
  ]);
  const close = make(
    "button",
    { type: "button", class: "tool close", "aria-label": _("Close"), title: _("Close") },
    "✕",
  );
  const dialog = make(
    "dialog",
    { class: "key-help", "aria-labelledby": "keys-title" },
    make("div", { class: "dialog-head" }, make("h2", { id: "keys-title" }, _("Keys")), close),
    make("dl", {}, ...rows),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  nameAsPrinted(dialog);
  document.body.append(dialog);
  return dialog;
}
