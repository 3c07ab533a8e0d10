// Slack's rich_text blocks, the simple ones: what a person typed, as Slack hands it to others.
import { el } from "./dom.js";
import { slackDate } from "./dates.js";
import { channelChip, link, mention, plainLines } from "./mrkdwn.js";
import { state } from "./state.js";

const PARTS = {
  rich_text_section: (part) => el("div", { class: "lines" }, part.elements.map(leaf)),
  rich_text_quote: (part) => el("blockquote", {}, part.elements.map(leaf)),
  rich_text_preformatted: (part) => el("pre", { tabindex: "0" }, part.elements.map((item) => item.text ?? item.url ?? "")),
  rich_text_list: (part) =>
    el(part.style === "ordered" ? "ol" : "ul", { class: part.indent ? `indent-${Math.min(part.indent, 3)}` : null },
      part.elements.map((item) => el("li", {}, item.elements.map(leaf)))),
};

export function richText(block) {
  return (block.elements || []).map((part) => (PARTS[part.type] ? PARTS[part.type](part) : null));
}

const LEAVES = {
  text: (item) => plainLines(item.text),
  link: (item) => link(item.url, "", item.text ? el("span", {}, item.text) : null) || item.text || item.url,
  user: (item) => mention(item.user_id),
  channel: (item) => channelChip(item.channel_id),
  emoji: (item) => `:${item.name}:`,
  date: (item) => slackDate(item.timestamp, item.format || "{date_long}", state.world.zone || "UTC") ?? item.fallback,
  broadcast: (item) => el("span", { class: "chip chip-broadcast" }, `@${item.range}`),
};

const WRAPPERS = { bold: "strong", italic: "em", strike: "s", code: "code" };

function leaf(item) {
  let node = LEAVES[item.type] ? LEAVES[item.type](item) : "";
  for (const [style, tag] of Object.entries(WRAPPERS)) {
    if (item.style?.[style]) node = el(tag, {}, node);
  }
  return node;
}
