/* Elements without a template language: h("button", {class: "go", onclick: f}, "Pay"). Text is always text. */

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "open", "inputMode"]);
const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes, listeners and children; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A drawing from the till's own sheet; it says nothing to a screen reader, the word beside it does. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A square of modules as one SVG path, dark on white, with the quiet zone a scanner needs. */
export function modules(data, label) {
  const size = data.length;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("class", "qr");
  svg.setAttribute("shape-rendering", "crispEdges");
  const path = document.createElementNS(SVG, "path");
  let drawn = "";
  data.forEach((row, y) => row.forEach((dark, x) => dark && (drawn += `M${x} ${y}h1v1h-1z`)));
  path.setAttribute("d", drawn);
  svg.append(path);
  return svg;
}

/** Replace what is inside, keeping the element itself (and the focus of what stays out of it). */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A listener whose work runs one at a time: a second press while the first is being kept does nothing, and the
    buttons of the form (or the button itself) are shut meanwhile. Without it a double tap on "Take Rp50.000" takes
    the money twice. `work(event)` may give a promise; what it gives or throws comes back. Listeners with one `gate`
    shut each other out, for a screen that is redrawn while the work runs. */
export function once(work, gate = {}) {
  return async (event) => {
    event?.preventDefault();
    if (gate.isRunning) return undefined;
    gate.isRunning = true;
    const place = event?.currentTarget;
    const inside = place?.matches?.("button") ? [place] : [...(place?.querySelectorAll?.("button") ?? [])];
    const shut = inside.filter((each) => !each.disabled);
    const focused = document.activeElement;
    try {
      const given = work(event);
      for (const each of shut) each.disabled = true;
      return await given;
    } finally {
      gate.isRunning = false;
      for (const each of shut) each.disabled = false;
      if (shut.includes(focused) && focused.isConnected && document.activeElement === document.body) focused.focus();
    }
  };
}

const ICONS = {
  back: "M15 5l-7 7 7 7",
  basket: "M4 9h16l-1.5 10h-13zM8 9l3-5M16 9l-3-5",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  search: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  minus: "M5 12h14",
  plus: "M5 12h14M12 5v14",
  check: "M4 12.5l5 5L20 6.5",
  cash: "M3 7h18v10H3zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM6 10v4M18 10v4",
  qris: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2",
  card: "M3 6h18v12H3zM3 10h18M6 14h4",
  transfer: "M4 9h14l-4-4M20 15H6l4 4",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  chat: "M4 19l1.5-4A7.5 7.5 0 1112 19a8 8 0 01-3.5-.8z",
  person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20a7.5 7.5 0 0115 0",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  warn: "M12 4l9 16H3zM12 10v5M12 17.5v.5",
  gear: "M4 7h10M18 7h2M4 17h2M10 17h10M16 5a2 2 0 100 4 2 2 0 000-4zM8 15a2 2 0 100 4 2 2 0 000-4z",
  tag: "M4 4h8l8 8-8 8-8-8zM8 8h.01",
  save: "M12 4v11M7 11l5 5 5-5M4 20h16",
};

/** Redraw, and give the focus back to the control of the same name: a thumb or a reader stays where it was. */
export function keepingFocus(view, draw) {
  const before = view.contains(document.activeElement) ? document.activeElement : null;
  const name = before?.getAttribute("aria-label");
  const text = before?.textContent;
  draw();
  if (!before || before.isConnected) return;
  const same = [...view.querySelectorAll("button")].find((each) => (name ? each.getAttribute("aria-label") === name : each.textContent === text));
  same?.focus();
}
