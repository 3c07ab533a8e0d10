// Slack's mrkdwn as DOM nodes. Anything not in the grammar stays text, so no message can add markup of its own.
import { el } from "./dom.js";
import { slackDate } from "./dates.js";
import { nameOf, state } from "./state.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };
const MARKS = {
  white_check_mark: "✓", heavy_check_mark: "✓", x: "✕", warning: "⚠", hourglass: "⧖", information_source: "ℹ",
  large_green_circle: "●", red_circle: "●", white_circle: "○", arrow_right: "→",
};

export function decode(text) {
  return String(text ?? "").replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

export function markOf(name) {
  return MARKS[name] || `:${name}:`;
}

function marks(text) {
  return text.replace(/:([a-z_]+):/g, (whole, name) => MARKS[name] || whole);
}

export function plain(text) {
  return marks(decode(text));
}

export function textObject(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plainLines(object.text);
}

export function plainLines(text) {
  return plain(text).split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
}

// The whole text: fenced code first, then lines (quotes, lists, paragraphs), then what stands inside a line.
export function mrkdwn(text) {
  const pieces = String(text ?? "").split(/```([\s\S]+?)```/);
  return pieces.flatMap((piece, index) => (index % 2 ? [pre(piece)] : lines(trimAround(piece, index, pieces.length))));
}

function trimAround(piece, index, count) {
  const after = index > 0 ? piece.replace(/^\n/, "") : piece;
  return index < count - 1 ? after.replace(/\n$/, "") : after;
}

function pre(text) {
  return el("pre", { tabindex: "0" }, decode(text.replace(/^\n|\n$/g, "")));
}

const KINDS = [
  ["quote", /^(?:>|&gt;) ?(.*)$/],
  ["bullet", /^\s*(?:•|-) (.*)$/],
  ["number", /^\s*\d+\. (.*)$/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(line);
    if (match) return { kind, rest: match[1], line };
  }
  return { kind: "text", rest: line, line };
}

function lines(text) {
  if (!text) return [];
  const groups = [];
  for (const item of text.split("\n").map(kindOf)) {
    const last = groups.at(-1);
    if (last && last.kind === item.kind) last.items.push(item);
    else groups.push({ kind: item.kind, items: [item] });
  }
  return groups.map(group);
}

function group({ kind, items }) {
  if (kind === "quote") return el("blockquote", {}, broken(items));
  if (kind === "bullet") return el("ul", {}, items.map((item) => el("li", {}, inline(item.rest))));
  if (kind === "number") return el(
    "ol",
    { start: parseInt(items[0].line, 10) },
    items.map((item) => el("li", {}, inline(item.rest))),
  );
  return el("div", { class: "lines" }, broken(items));
}

function broken(items) {
  return items.flatMap((item, index) => (index ? [el("br"), ...inline(item.rest)] : inline(item.rest)));
}

export function inline(text) {
  const out = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (!token) {
      at += 1;
      continue;
    }
    if (at > from) out.push(plain(text.slice(from, at)));
    out.push(token.node);
    at = token.end;
    from = at;
  }
  if (from < text.length) out.push(plain(text.slice(from)));
  return out;
}

function tokenAt(text, at) {
  const char = text[at];
  if (char === "`") return codeAt(text, at);
  if (char === "<") return angleAt(text, at);
  if (STYLES[char]) return styleAt(text, at);
  return null;
}

function codeAt(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { node: el("code", {}, decode(text.slice(at + 1, end))), end: end + 1 };
}

function styleAt(text, at) {
  const mark = text[at];
  const before = text[at - 1] ?? " ";
  const next = text[at + 1] ?? " ";
  if (/[\p{L}\p{N}]/u.test(before) || /\s/.test(next) || next === mark) return null;
  const end = closing(text, at, mark);
  if (end < 0) return null;
  return { node: el(STYLES[mark], {}, inline(text.slice(at + 1, end))), end: end + 1 };
}

function closing(text, at, mark) {
  for (let here = at + 1; here < text.length; here += 1) {
    const skip = text[here] === "<" ? text.indexOf(">", here) : text[here] === "`" ? text.indexOf("`", here + 1) : -1;
    if (skip > here) here = skip;
    else if (text[here] === mark && closes(text, here)) return here;
  }
  return -1;
}

function closes(text, here) {
  return !/\s/.test(text[here - 1]) && !/[\p{L}\p{N}]/u.test(text[here + 1] ?? " ");
}

function angleAt(text, at) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const [target, ...label] = text.slice(at + 1, end).split("|");
  const node = reference(target, label.join("|"));
  return node ? { node, end: end + 1 } : null;
}

function reference(target, label) {
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelChip(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (target.startsWith("!")) return broadcast(target, label);
  return link(target, label);
}

export function mention(id, label) {
  const known = nameOf(id);
  const mine = id === state.user;
  return el(
    "span",
    { class: mine ? "chip chip-me" : "chip", data: { user: id } },
    `@${known || plain(label) || "unknown person"}`,
  );
}

export function channelChip(id, label) {
  const name = plain(label) || state.world.names?.[id] || "a channel you cannot see";
  return el("span", { class: "chip", data: { channel: id } }, `#${name}`);
}

function dateNode(target, label) {
  const [, stamp, format, address] = target.split("^");
  const words = slackDate(stamp, format || "{date_long}", state.world.zone || "UTC") ?? plain(label);
  const node = el("time", { datetime: isoOf(stamp), title: plain(label) }, words);
  return address ? link(address, "", node) || node : node;
}

function isoOf(stamp) {
  const date = new Date(Number(stamp) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

// A true broadcast is shown as one, so that a text that should have been escaped can be seen to be none.
function broadcast(target, label) {
  const name = target.slice(1).split("^")[0];
  return el("span", { class: "chip chip-broadcast", data: { broadcast: name } }, `@${plain(label) || name}`);
}

export function link(target, label, node = null) {
  const address = decode(target);
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return null;
  const shown = node || plain(label) || address.replace(/^mailto:/i, "");
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shown);
}
