// One message: who, from which organisation, what, and what hangs on it (files, replies, buttons).
import { el, icon } from "./dom.js";
import { actor } from "./act.js";
import { renderBlocks } from "./blocks.js";
import { fileCard } from "./files.js";
import { markOf, mrkdwn } from "./mrkdwn.js";
import { avatar } from "./sidebar.js";
import { bot, go, nameOf, person, state, workspaceOf } from "./state.js";
import { readState } from "./values.js";

export function keyOf(message) {
  return `${message.ephemeral ? "e" : "m"}${message.ts}`;
}

// A message that follows its author's last one within the same minutes needs no name again.
export function follows(message, before) {
  if (!before || message.is_bot || before.is_bot || message.ephemeral || before.ephemeral) return false;
  return message.user === before.user && message.day === before.day && Number(message.ts) - Number(before.ts) < 300;
}

export function messageNode(message, place, old = null) {
  const classes = ["message", message.ephemeral && "message-ephemeral", message.compact && "message-compact"].filter(Boolean);
  const root = el(
    "article",
    {
      class: classes.join(" "),
      testid: "message",
      data: { ts: message.ts },
      "aria-label": `${authorName(message)}, ${message.time}`,
    },
  );
  const body = el(
    "div",
    { class: "message-body" },
    message.compact ? null : byline(message),
    content(message, place, () => root, old),
    attachments(message),
    reactions(message),
    threadLink(message, place),
  );
  const gutter = message.compact ? el("span", { class: "gutter-time", "aria-hidden": "true" }, message.time) : face(message);
  root.append(el("div", { class: "gutter" }, gutter), body);
  if (!message.ephemeral && !place.thread) root.append(tools(message));
  return root;
}

export function authorName(message) {
  return person(message.user)?.name || message.username || bot(message.user)?.name || "Somebody";
}

function face(message) {
  if (message.is_bot) return avatar("C", teamColour(message), "app-large");
  return avatar(message.avatar || authorName(message)[0], workspaceOf(message.user)?.colour, "large");
}

function teamColour(message) {
  const team = bot(message.user)?.team_id;
  return state.world.workspaces.find((space) => space.id === team || space.name === message.team_name)?.colour;
}

function byline(message) {
  const mine = workspaceOf(state.user)?.name;
  const foreign = message.team_name && message.team_name !== mine ? message.team_name : null;
  return el("div", { class: "byline" },
    message.ephemeral && el("span", { class: "private" }, icon("eye", 14), "Only visible to you"),
    el("span", { class: "author" }, authorName(message)),
    message.is_bot && el("span", { class: "badge" }, "App"),
    foreign && el("span", { class: "team" }, foreign),
    el("time", { class: "time" }, message.time));
}

function content(message, place, root, old) {
  if (message.deleted) return el("p", { class: "aside" }, "This message was deleted.");
  const edited = message.edited && el("span", { class: "edited" }, "(edited)");
  if (!message.blocks?.length) {
    const text = mrkdwn(message.text);
    const last = text.at(-1);
    if (edited && last?.classList?.contains("lines")) last.append(" ", edited);
    else if (edited) text.push(edited);
    return el("div", { class: "text" }, text);
  }
  const container = { type: message.ephemeral ? "ephemeral" : "message", channel: place.channel, ts: message.ts };
  const ctx = { surface: "message", kept: old ? readState(old) : {}, act: actor(container, root, place.after) };
  return el("div", { class: "blocks" }, renderBlocks(message.blocks, ctx), edited);
}

function attachments(message) {
  if (!message.files?.length) return null;
  return el("div", { class: "files" }, message.files.map(fileCard));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const pill = ({ name, count, users }) => el(
    "li",
    {
      class: "reaction",
      "aria-label": `${name.replaceAll("_", " ")}: ${(users || []).map((id) => nameOf(id) || "somebody").join(", ")}`,
    },
    markOf(name),
    " ",
    String(count ?? users?.length ?? 1),
  );
  return el("ul", { class: "reactions", "aria-label": "Reactions" }, message.reactions.map(pill));
}

function openThread(ts) {
  return () => go({ thread: ts });
}

function threadLink(message, place) {
  if (place.thread || !message.reply_count) return null;
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return el(
    "button",
    { type: "button", class: "thread-link", testid: "thread-link", on: { click: openThread(message.ts) } },
    words,
    icon("down", 13),
  );
}

function tools(message) {
  const name = `Reply in thread to ${authorName(message)}, ${message.time}`;
  return el(
    "div",
    { class: "tools" },
    el(
      "button",
      {
        type: "button",
        class: "button button-quiet",
        testid: "reply",
        "aria-label": name,
        on: { click: openThread(message.ts) },
      },
      "Reply in thread",
    ),
  );
}
