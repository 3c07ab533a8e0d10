// The left rail: which organisation's Slack one looks at.
import { el, fill } from "./dom.js";
import { go, placeOf, state, workspaceOf } from "./state.js";

const lastPerson = new Map();

export function abbreviation(name) {
  if (name.length <= 4) return name;
  return name.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word)).map((word) => word[0]).join("").slice(0, 4);
}

// The workspace's colour, with white or dark text on it: whichever reads better.
export function colours(node, colour) {
  if (!/^#[0-9a-f]{6}$/i.test(colour || "")) return node;
  node.style.setProperty("--team", colour);
  node.style.setProperty("--on-team", luminance(colour) > 0.18 ? "#16202c" : "#ffffff");
  return node;
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(part) {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function enter(space) {
  const user = lastPerson.get(space.id) || space.people.find((someone) => !someone.deactivated)?.id;
  if (user) go({ user, ...placeOf(user) });
}

function tile(space, current) {
  const here = space.id === current?.id;
  const square = colours(el("span", { class: "tile", "aria-hidden": "true" }, abbreviation(space.name)), space.colour);
  const props = {
    type: "button",
    class: "rail-item",
    testid: `workspace-${space.id}`,
    "aria-label": space.name,
    title: space.name,
    "aria-current": here && "true",
  };
  return el("button", { ...props, on: { click: () => here || enter(space) } }, square);
}

export function paintRail(root) {
  const current = workspaceOf(state.user);
  if (current) lastPerson.set(current.id, state.user);
  fill(root, state.world.workspaces.map((space) => tile(space, current)));
}
