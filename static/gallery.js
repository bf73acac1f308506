/** The gallery's pages: figures come alive as they come near the screen; the line that embeds one can be copied. */

/** How far below the screen figures are already brought. */
const AHEAD = "400px";

/** A figure is laid out at the size of an embed, and shown as small as its card. */
const WIDTH = 720;

const { lang } = document.documentElement;

/** @param {HTMLElement} place */
function enliven(place) {
  const walk = document.createElement("kernel-walk");
  const attributes = { scene: place.dataset.scene ?? "", controls: "none", lang };
  for (const [name, value] of Object.entries({ ...attributes, autoplay: "", loop: "" })) walk.setAttribute(name, value);
  place.append(walk);
}

const sized = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries)
    /** @type {HTMLElement} */ (target).style.setProperty("--shown", `${contentRect.width / WIDTH}`);
});

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    enliven(/** @type {HTMLElement} */ (target));
  }
}, { rootMargin: AHEAD });

for (const place of document.querySelectorAll(".live")) {
  sized.observe(place);
  near.observe(place);
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** @param {HTMLElement} code  its address begins where this page came from */
function writeEmbed(code) {
  const address = new URL(code.dataset.embed ?? "", location.href).href;
  const title = escaped(code.dataset.title ?? "");
  code.textContent =
    `<iframe src="${escaped(address)}" title="${title}" width="700" height="440" loading="lazy"></iframe>`;
}

/** @param {HTMLButtonElement} button  @param {HTMLElement} code */
function offerCopy(button, code) {
  const label = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent ?? "");
    button.textContent = button.dataset.copied ?? "";
    setTimeout(() => { button.textContent = label; }, 1600);
  });
}

const code = /** @type {HTMLElement | null} */ (document.querySelector("[data-embed]"));
const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".copy"));
if (code) writeEmbed(code);
if (code && button) offerCopy(button, code);
