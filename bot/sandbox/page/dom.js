// Small helpers to build DOM nodes: text only ever enters the page through text nodes.

let counter = 0;

export function uid(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

function setProperty(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "data") {
    Object.assign(node.dataset, value);
  } else if (name === "testid") {
    node.dataset.testid = value;
  } else if (name === "value" || name === "checked" || name === "hidden") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : value);
  }
}

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProperty(node, name, value);
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child);
  }
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex="0"]';

export function focusables(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter((node) => node.getClientRects().length > 0);
}

// Replaces a part of the page and gives the focus back to the control that had it.
export function keepingFocus(root, change) {
  const active = document.activeElement;
  const had = active && root.contains(active) ? addressOf(root, active) : null;
  change();
  if (had && !root.contains(document.activeElement)) findAgain(root, had)?.focus({ preventScroll: true });
}

function addressOf(root, node) {
  const testid = node.dataset.testid;
  const twins = testid ? root.querySelectorAll(`[data-testid="${CSS.escape(testid)}"]`) : focusables(root);
  return { testid, index: [...twins].indexOf(node) };
}

function findAgain(root, { testid, index }) {
  if (testid) return root.querySelectorAll(`[data-testid="${CSS.escape(testid)}"]`)[index];
  return focusables(root)[index];
}

// Arrow keys, Home and End move inside a menu or a list of options.
export function arrowKeys(root, selector) {
  root.addEventListener("keydown", (event) => {
    const items = [...root.querySelectorAll(selector)];
    const here = items.indexOf(document.activeElement);
    const last = items.length - 1;
    const target = { ArrowDown: Math.min(here + 1, last), ArrowUp: Math.max(here - 1, 0), Home: 0, End: last }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    items[target]?.focus();
  });
}

// A click or the focus going elsewhere closes what hangs open.
export function onLeave(root, isOpen, close) {
  root.addEventListener("focusout", (event) => isOpen() && event.relatedTarget && !root.contains(event.relatedTarget) && close());
  const outside = (event) => {
    if (!root.isConnected) document.removeEventListener("pointerdown", outside);
    else if (isOpen() && !root.contains(event.target)) close();
  };
  document.addEventListener("pointerdown", outside);
}

export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 16 16",
    width: size,
    height: size,
    "aria-hidden": "true",
    class: "icon",
  })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  back: "M10 3L5 8l5 5",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  send: "M2.5 8h10M8.5 4l4 4-4 4",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  download: "M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M3 13.5h10",
  lock: "M4.5 7.5h7v6h-7zM6 7.5V5a2 2 0 014 0v2.5",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 100-3.6 1.8 1.8 0 000 3.6z",
  clock: "M8 14.2A6.2 6.2 0 108 1.8a6.2 6.2 0 000 12.4zM8 4.5V8l2.5 1.7",
  link: "M6.5 9.5l3-3M7 4.5l1-1a3 3 0 014.5 4.5l-1 1M9 11.5l-1 1A3 3 0 013.5 8l1-1",
};
