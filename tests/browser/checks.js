// What tests ask a page of itself: an expression, evaluated in the page.
({
  /** Everything that is read or read out, code aside. */
  texts() {
    const aside = "code, pre, script, style, [translate=no], [lang=en], math, textarea";
    const found = [];
    const walk = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.closest(aside) || !element.checkVisibility()) continue;
        for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"])
          found.push(element.getAttribute(name) ?? "");
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.nodeValue.trim());
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found.filter(Boolean);
  },

  /** Korean words that stand on more than one line. */
  broken() {
    const found = [];
    const walk = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.closest("code, pre, script, style, [translate=no]") || !element.checkVisibility()) continue;
        if (element.shadowRoot) walk(element.shadowRoot);
        for (const node of element.childNodes) {
          if (node.nodeType !== Node.TEXT_NODE) continue;
          for (const { 0: word, index } of node.nodeValue.matchAll(/\(?[^\s(]*[가-힣][^\s(]*/g)) {
            const range = new Range();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
            if (lines.size > 1) found.push(`${word} in ${node.nodeValue.trim().slice(0, 40)}`);
          }
        }
      }
    };
    walk(document);
    return found;
  },

  /** Texts that stand out less than 4.5:1 (WCAG 2.2 AA). */
  faint() {
    const channels = (colour) => {
      const numbers = colour.match(/[\d.]+/g).map(Number);
      return colour.startsWith("color") ? numbers.map((number, place) => (place < 3 ? number * 255 : number)) : numbers;
    };
    const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const luminance = ([red, green, blue]) =>
      0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = channels(getComputedStyle(at).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
      }
      return [255, 255, 255];
    };
    const ratio = (element) => {
      const one = luminance(channels(getComputedStyle(element).color)),
        other = luminance(behind(element));
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    };
    const written = (element) =>
      element.matches("input, select, textarea") ||
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
    const aside = "[disabled], .hidden, script, [type=checkbox], [type=range]";
    return [...document.querySelectorAll("body *")]
      .filter(
        (element) => written(element) && element.checkVisibility() && !element.closest(aside) && ratio(element) < 4.5,
      )
      .map((element) => `${element.outerHTML.slice(0, 90)} ${ratio(element).toFixed(2)}`);
  },

  /** Controls that a screen reader could not name. */
  nameless() {
    const named = ({ textContent, labels, title }) => textContent.trim() || labels?.length || title;
    return [...document.querySelectorAll("button, a[href], input, select, textarea, iframe, [role=tab]")]
      .filter((element) => element.checkVisibility() && !element.matches(".hidden"))
      .filter((element) => !element.getAttribute("aria-label") && !named(element))
      .map((element) => element.outerHTML.slice(0, 120));
  },

  /** Targets with a side below so many pixels. */
  small(least) {
    return [...document.querySelectorAll("button, a[href], input:not([type=checkbox], [type=file]), select, textarea")]
      .filter((element) => element.checkVisibility() && !element.matches(".skip, .hidden"))
      .map((element) => [element.getBoundingClientRect(), element.outerHTML.slice(0, 90)])
      .filter(([box]) => box.width > 0 && Math.min(box.height, box.width) < least - 0.5)
      .map(([box, text]) => `${box.width}x${box.height} ${text}`);
  },

  /** Identifiers that stand twice, or that something names but nothing has. */
  lost() {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const names = ["aria-describedby", "aria-labelledby", "aria-controls", "for"];
    const named = names.flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((element) =>
        element.getAttribute(name).split(" ").filter(Boolean),
      ),
    );
    return [...ids.filter((id, place) => ids.indexOf(id) !== place), ...named.filter((id) => !ids.includes(id))];
  },

  /** Whether the focus is seen; remembers where it was. */
  focused() {
    const element = document.activeElement;
    window.reached ??= new Set();
    window.reached.add(element);
    const seen =
      getComputedStyle(element).outlineStyle !== "none" || ["KERNEL-WALK", "BODY"].includes(element.nodeName);
    return seen ? null : element.outerHTML.slice(0, 120);
  },

  /** Controls that the focus never came to. */
  unreached() {
    return [...document.querySelectorAll("button, a[href], input, select, [role=tab]")]
      .filter(
        (element) =>
          element.checkVisibility() && !element.disabled && element.tabIndex >= 0 && !window.reached.has(element),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  },
});
