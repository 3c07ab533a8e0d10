// The pane on the right: one message, its replies, and a place to reply.
import { get } from "./api.js";
import { composer } from "./composer.js";
import { el, fill, icon } from "./dom.js";
import { messageList, updateList } from "./messages.js";
import { channel, go, state } from "./state.js";

let pane = { key: null, list: null };

export function paintThread(root, after) {
  const key = state.thread ? `${state.user} ${state.channel} ${state.thread}` : null;
  root.hidden = !key;
  document.body.classList.toggle("with-thread", Boolean(key));
  if (key === pane.key) return;
  pane = { key, list: null };
  if (!key) {
    fill(root);
    return;
  }
  const place = { channel: state.channel, thread: state.thread, after };
  pane.list = messageList(place, "This thread is empty.");
  fill(root, head(), pane.list.root, composer(place, "Reply in thread"));
  root.onkeydown = (event) => event.key === "Escape" && !event.defaultPrevented && close();
  root.querySelector("textarea").focus({ preventScroll: true });
}

export async function refreshThread() {
  const { list } = pane;
  if (!list) return;
  const { messages } = await get(`/_local/messages/${list.place.channel}`, { user: state.user, thread: list.place.thread });
  if (list === pane.list) updateList(list, messages);
}

function head() {
  const name = channel(state.channel)?.name;
  const shut = el(
    "button",
    {
      type: "button",
      class: "button button-icon",
      "aria-label": "Close the thread",
      testid: "thread-close",
      on: { click: close },
    },
    icon("close"),
  );
  return el("div", { class: "head" }, el("h2", {}, "Thread"), name && el("span", { class: "topic" }, name), shut);
}

function close() {
  const link = document.querySelector(`#main [data-ts="${CSS.escape(state.thread)}"] button`);
  go({ thread: null });
  link?.focus();
}
