// A list of messages grouped by day, patched in place so that focus, typing and scrolling survive what arrives.
import { el, keepingFocus } from "./dom.js";
import { announce } from "./notice.js";
import { authorName, follows, keyOf, messageNode } from "./message.js";
import { state } from "./state.js";

// place: {channel, thread, after}; the list belongs to that one conversation.
export function messageList(place, empty) {
  const root = el(
    "div",
    { class: "messages", role: "region", tabindex: "0", "aria-label": place.thread ? "Replies" : "Messages" },
  );
  return { root, place, empty, rows: new Map(), fresh: true, nodes: [] };
}

export function updateList(list, messages) {
  const atEnd = list.fresh || nearEnd(list.root);
  const arrived = list.fresh ? [] : messages.filter((message) => !list.rows.has(keyOf(message)));
  const wanted = rowsFor(list, messages);
  keepingFocus(list.root, () => patch(list.root, wanted.length ? wanted : [emptyNode(list)]));
  if (atEnd) list.root.scrollTop = list.root.scrollHeight;
  list.fresh = false;
  arrived.filter((message) => message.user !== state.user || message.ephemeral).slice(-3).forEach(tell);
}

function nearEnd(root) {
  return root.scrollHeight - root.scrollTop - root.clientHeight < 120;
}

function tell(message) {
  announce(`New message${message.ephemeral ? " for you alone" : ""} from ${authorName(message)} at ${message.time}`);
}

function rowsFor(list, messages) {
  const rows = new Map();
  const wanted = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const newDay = !before || before.day !== message.day;
    if (newDay) wanted.push(dayNode(list, message.day));
    if (list.place.thread && index === 1) wanted.push(repliesNode(list, messages.length - 1));
    const row = rowFor(list, { ...message, compact: !newDay && follows(message, before) });
    rows.set(keyOf(message), row);
    wanted.push(row.node);
  });
  list.rows = rows;
  return wanted;
}

function rowFor(list, message) {
  const signature = JSON.stringify([message, state.user, state.world.workspaces.length]);
  const old = list.rows.get(keyOf(message));
  if (old?.signature === signature) return old;
  return { signature, node: messageNode(message, list.place, old?.node) };
}

function cached(list, key, make) {
  list.extras ??= new Map();
  if (!list.extras.has(key)) list.extras.set(key, make());
  return list.extras.get(key);
}

function dayNode(list, day) {
  return cached(list, `day ${day}`, () => el("div", { class: "day", role: "separator", "aria-label": day }, el("span", {}, day)));
}

function repliesNode(list, count) {
  const words = count === 1 ? "1 reply" : `${count} replies`;
  return cached(list, `replies ${count}`, () => el("div", { class: "replies-mark" }, words));
}

function emptyNode(list) {
  return cached(list, "empty", () => el("p", { class: "empty" }, list.empty));
}

// Moves as little as possible: a node that is moved loses its focus.
function patch(root, wanted) {
  const keep = new Set(wanted);
  for (const node of [...root.children]) if (!keep.has(node)) node.remove();
  wanted.forEach((node, index) => {
    if (root.children[index] !== node) root.insertBefore(node, root.children[index] || null);
  });
}
