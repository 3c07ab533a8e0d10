// Who one is, and what that person sees: channels, direct messages and the app.
import { arrowKeys, byId, el, fill, icon, keepingFocus, onLeave } from "./dom.js";
import { colours } from "./rail.js";
import { appConversation, go, hrefTo, person, placeOf, state, workspaceOf } from "./state.js";

let switching = false;

export function avatar(initials, colour, kind = "person") {
  return colours(el("span", { class: `avatar avatar-${kind}`, "aria-hidden": "true" }, initials), colour);
}

export function paintSidebar(root) {
  const me = person(state.user);
  const space = workspaceOf(state.user);
  if (!me) return;
  keepingFocus(root, () => fill(root, heading(space), switcher(me, space), el("div", { class: "lists" }, lists())));
}

function heading(space) {
  return colours(el("div", { class: "space-name" }, el("h1", {}, space.name)), space.colour);
}

function switcher(me, space) {
  const list = el(
    "ul",
    { class: "people", id: "people", "aria-label": `People of ${space.name}`, hidden: !switching },
    space.people.map((someone) => personRow(someone, space)),
  );
  const toggle = el("button", {
    type: "button",
    class: "me",
    testid: "person-switch",
    "aria-expanded": String(switching),
    "aria-controls": "people",
  },
    avatar(me.avatar, space.colour), el("span", { class: "me-words" }, el("span", { class: "sr-only" }, "You are "), el("span", { class: "me-name" }, me.name), el("span", { class: "me-title" }, me.title)), icon("down"));
  toggle.addEventListener("click", () => showPeople(toggle, list, !switching));
  const root = el("div", { class: "switcher" }, toggle, list);
  arrowKeys(root, "button:not([disabled])");
  root.addEventListener(
    "keydown",
    (event) => event.key === "Escape" && switching && (showPeople(toggle, list, false), toggle.focus()),
  );
  onLeave(root, () => switching, () => showPeople(toggle, list, false));
  return root;
}

function showPeople(toggle, list, open) {
  switching = open;
  list.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
}

export function closePeople() {
  switching = false;
}

function personRow(someone, space) {
  const here = someone.id === state.user;
  const note = someone.deactivated ? "deactivated" : someone.guest ? "guest" : "";
  const props = {
    type: "button",
    class: "person",
    testid: `person-${someone.id}`,
    "aria-current": here && "true",
    disabled: someone.deactivated,
  };
  const words = el(
    "span",
    { class: "me-words" },
    el("span", { class: "me-name" }, someone.name, note && el("span", { class: "badge" }, note)),
    el("span", { class: "me-title" }, someone.title),
  );
  const become = () => {
    switching = false;
    byId("people")?.setAttribute("hidden", "");
    go({ user: someone.id, ...placeOf(someone.id) });
  };
  return el("li", {}, el("button", { ...props, on: { click: become } }, avatar(someone.avatar, space.colour), words));
}

function lists() {
  const app = appConversation();
  const channels = state.me.channels.filter((item) => item.kind !== "dm");
  const direct = state.me.channels.filter((item) => item.kind === "dm" && item.id !== app?.id);
  return [
    group("Channels", channels.map(channelRow), "No channel yet"),
    direct.length > 0 && group("Direct messages", direct.map(directRow)),
    app && group("Apps", [appRow(app)]),
  ];
}

function group(title, rows, empty) {
  return el(
    "section",
    { class: "group" },
    el("h2", {}, title),
    rows.length ? el("ul", {}, rows) : el("p", { class: "aside" }, empty),
  );
}

function row(item, mark, href, label, extra = null) {
  const here = item.id === state.channel;
  const unread = item.unread > 0 && !here;
  const props = {
    class: unread ? "channel channel-unread" : "channel",
    href,
    testid: `channel-${item.name}`,
    "aria-current": here && "page",
    "aria-label": unread ? `${label}, ${item.unread} unread` : label,
  };
  return el(
    "li",
    {},
    el(
      "a",
      props,
      mark,
      el("span", { class: "channel-name" }, item.name),
      extra,
      unread && el("span", { class: "count" }, String(Math.min(item.unread, 99))),
    ),
  );
}

function channelRow(item) {
  const mark = el("span", { class: "channel-mark" }, item.kind === "private" ? icon("lock", 14) : "#");
  const partners = partnerNames(item);
  const shared = partners.length > 0 && el(
    "span",
    { class: "shared", title: `Shared with ${partners.join(", ")}` },
    icon("link", 13),
  );
  const label = `${item.kind === "private" ? "private channel" : "channel"} ${item.name}${partners.length ? `, shared with ${partners.join(", ")}` : ""}`;
  return row(item, mark, hrefTo({ channel: item.id, tab: null, thread: null }), label, shared);
}

export function partnerNames(item) {
  const mine = workspaceOf(state.user)?.id;
  const others = state.world.workspaces.filter((space) => space.id !== mine && (item.shared || []).includes(space.id));
  return others.map((space) => space.name);
}

function directRow(item) {
  const team = state.world.bots.some((app) => app.name === item.name) && state.world.workspaces.find((space) => space.id === item.team_id);
  if (team) return row(
    { ...item, name: `${item.name} (${team.name})` },
    avatar("C", team.colour, "app"),
    hrefTo({ channel: item.id, tab: null, thread: null }),
    `direct message with ${item.name} of ${team.name}`,
  );
  const initials = item.name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
  return row(
    item,
    avatar(initials, null, "small"),
    hrefTo({ channel: item.id, tab: null, thread: null }),
    `direct message with ${item.name}`,
  );
}

function appRow(app) {
  const tab = app.unread > 0 ? "messages" : "home";
  return row(app, avatar("C", null, "app"), hrefTo({ channel: app.id, tab, thread: null }), `app ${app.name}`);
}
