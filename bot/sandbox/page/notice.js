// Two voices of the page: a short notice everyone sees, and words for screen readers only.
import { byId, el, icon } from "./dom.js";

let timer = null;

export function notice(words, kind = "info") {
  const place = byId("notice");
  const close = el(
    "button",
    { type: "button", class: "button button-icon", "aria-label": "Dismiss", on: { click: clear } },
    icon("close", 14),
  );
  place.replaceChildren(el("span", {}, words), close);
  place.className = `notice notice-${kind}`;
  place.hidden = false;
  // A notice in an open dialog must be reachable there; everything beneath a dialog is inert.
  (topDialog() || document.body).append(place);
  clearTimeout(timer);
  timer = setTimeout(clear, kind === "trouble" ? 15000 : 6000);
}

function topDialog() {
  return [...document.querySelectorAll("dialog[open]")].at(-1);
}

export function clear() {
  byId("notice").hidden = true;
}

export function announce(words) {
  const place = byId("announcer");
  place.append(el("p", {}, words));
  while (place.childElementCount > 20) place.firstElementChild.remove();
}
