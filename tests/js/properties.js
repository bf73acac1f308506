/** What a node has as objects of its own: classes, data and style. */

export function classesOf(node) {
  const names = () => new Set((node.getAttribute("class") ?? "").split(/\s+/).filter(Boolean));
  const write = (set) => node.setAttribute("class", [...set].join(" "));
  return {
    contains: (name) => names().has(name),
    add: (...added) => write(new Set([...names(), ...added])),
    remove: (...gone) => write(new Set([...names()].filter((name) => !gone.includes(name)))),
    toggle(name, set = !names().has(name)) {
      if (set) this.add(name);
      else this.remove(name);
      return set;
    },
  };
}

/** What stands in data-… attributes. */
export const dataOf = (node) =>
  new Proxy(
    {},
    {
      get: (_, name) => node.getAttribute(`data-${String(name)}`) ?? undefined,
      has: (_, name) => node.hasAttribute(`data-${String(name)}`),
      set: (_, name, value) => {
        node.setAttribute(`data-${String(name)}`, value);
        return true;
      },
    },
  );

export function styleOf() {
  return {
    setProperty(name, value) {
      this[name] = value;
    },
    getPropertyValue(name) {
      return this[name] ?? "";
    },
  };
}
