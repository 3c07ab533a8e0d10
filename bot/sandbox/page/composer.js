// Where one writes: a message, or a slash command with its completion.
import { post, sentence } from "./api.js";
import { completion } from "./completion.js";
import { el, icon } from "./dom.js";
import { notice } from "./notice.js";
import { state } from "./state.js";

const drafts = new Map();

// place: {channel, thread, after}; label says where the words go.
export function composer(place, label) {
  const key = `${state.user} ${place.channel} ${place.thread || ""}`;
  const box = el(
    "textarea",
    {
      class: "composer-text",
      rows: 1,
      placeholder: label,
      "aria-label": label,
      testid: place.thread ? "thread-composer" : "composer",
    },
  );
  const send = el(
    "button",
    {
      type: "submit",
      class: "button button-primary composer-send",
      testid: place.thread ? "thread-send" : "send",
      "aria-label": "Send",
    },
    icon("send"),
  );
  const offers = place.thread ? null : completion(box);
  const form = el(
    "form",
    { class: "composer", on: { submit: (event) => { event.preventDefault(); deliver(box, place, key); } } },
    offers?.root,
    el("div", { class: "composer-box" }, box, send),
  );
  box.value = drafts.get(key) || "";
  box.addEventListener("input", () => { drafts.set(key, box.value); grow(box); });
  box.addEventListener("keydown", (event) => {
    if (offers?.handle(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

async function deliver(box, place, key) {
  const text = box.value.trim();
  if (!text || box.getAttribute("aria-busy") === "true") return;
  box.setAttribute("aria-busy", "true");
  try {
    await (text.startsWith("/") ? command(text, place) : say(text, place));
    box.value = "";
    drafts.delete(key);
    box.dispatchEvent(new Event("input"));
  } catch (error) {
    notice(sentence(error), "trouble");
  } finally {
    box.removeAttribute("aria-busy");
    await place.after();
  }
}

function say(text, place) {
  const body = { user: state.user, channel: place.channel, text };
  return post("/_local/message", place.thread ? { ...body, thread_ts: place.thread } : body);
}

async function command(text, place) {
  if (place.thread) throw new Error("Commands do not work in threads; please use the channel.");
  const [, word, rest] = /^(\S+)\s*([\s\S]*)$/.exec(text);
  const answer = await post("/_local/command", { user: state.user, channel: place.channel, command: word, text: rest });
  if (answer.error) throw new Error(answer.error);
}
