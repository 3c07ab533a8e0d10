// The middle of the page: a conversation, or the app with its Home and Messages tabs.
import { get } from "./api.js";
import { composer } from "./composer.js";
import { el, fill, icon } from "./dom.js";
import { homePane, openHome, refreshHome } from "./home.js";
import { messageList, updateList } from "./messages.js";
import { partnerNames } from "./sidebar.js";
import { appConversation, channel, hrefTo, isApp, state } from "./state.js";

let pane = { key: null, list: null, home: null };

export function paintMain(root, after) {
  const app = isApp(state.channel) || state.channel === "app";
  const tab = app ? state.tab || "home" : null;
  if (app) state.tab = tab;
  const key = `${state.user} ${state.channel} ${tab}`;
  if (key === pane.key) {
    repaintHead(root, app);
    return;
  }
  pane = { key, list: null, home: null };
  if (tab === "home") showHome(root, after);
  else showConversation(root, app, after);
}

export async function refreshMain() {
  const { home, list } = pane;
  if (home) return refreshHome(home);
  if (!list || list.place.channel === "app") return list && updateList(list, []);
  const { messages } = await get(`/_local/messages/${list.place.channel}`, { user: state.user });
  if (list === pane.list) updateList(list, messages);
}

function showHome(root, after) {
  const home = homePane(after);
  pane.home = home;
  fill(root, head(true), home.root);
  openHome(home).then(after);
}

function showConversation(root, app, after) {
  const place = { channel: state.channel, thread: null, after };
  pane.list = messageList(place, "Nothing has been said here yet.");
  const name = channel(state.channel)?.name ?? appConversation()?.name ?? "";
  const label = app || channel(state.channel)?.kind === "dm" ? `Message ${name}` : `Message #${name}`;
  fill(root, head(app), pane.list.root, state.channel === "app" ? null : composer(place, label));
}

function repaintHead(root, app) {
  const words = JSON.stringify([channel(state.channel), state.tab]);
  if (root.firstElementChild?.dataset.words !== words) root.firstElementChild?.replaceWith(head(app));
}

function head(app) {
  const here = channel(state.channel);
  const words = JSON.stringify([here, state.tab]);
  if (app) return el(
    "div",
    { class: "head", data: { words } },
    el("h2", {}, appConversation()?.name),
    el("span", { class: "badge" }, "App"),
    tabs(),
  );
  if (!here) return el("div", { class: "head", data: { words } });
  const mark = here.kind === "dm" ? null : here.kind === "private" ? icon("lock") : "#";
  return el("div", { class: "head", data: { words } }, el(
    "h2",
    {},
    mark && el("span", { class: "channel-mark" }, mark),
    here.name,
  ),
    here.topic && el("span", { class: "topic" }, here.topic), facts(here));
}

function facts(here) {
  if (here.kind === "dm") return null;
  const partners = partnerNames(here);
  const members = here.members === 1 ? "1 member" : `${here.members} members`;
  return el(
    "span",
    { class: "facts" },
    partners.length > 0 && el("span", { class: "badge badge-shared" }, icon("link", 13), `Shared with ${partners.join(" and ")}`),
    el("span", { class: "aside" }, members),
  );
}

function tabs() {
  const tab = (id, words) => el(
    "a",
    {
      role: "tab",
      class: "tab",
      href: hrefTo({ tab: id, thread: null }),
      "aria-selected": String(state.tab === id),
      testid: `${id}-tab`,
    },
    words,
  );
  return el("div", { class: "tabs", role: "tablist", "aria-label": "comity" }, tab("home", "Home"), tab("messages", "Messages"));
}
