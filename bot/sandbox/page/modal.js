// The open modal of this person, as an accessible dialog: focus stays inside, Escape closes, typed values are kept.
import { get, post, sentence } from "./api.js";
import { actor } from "./act.js";
import { renderBlocks, showErrors } from "./blocks.js";
import { el, focusables, icon, keepingFocus, uid } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { notice } from "./notice.js";
import { state } from "./state.js";
import { complaints, readState } from "./values.js";

const open = { dialog: null, view: null, signature: "", user: null, body: null, opener: null, stash: new Map() };

export async function refreshModal() {
  const user = state.user;
  const answer = await get(`/_local/modal/${user}`);
  if (user === state.user) show(answer.view, depthOf(answer), user);
}

function depthOf(answer) {
  return answer.depth ?? answer.stack_depth ?? 1;
}

function show(view, depth, user) {
  if (!view) return shut();
  const signature = JSON.stringify([
    view.id,
    view.title,
    view.submit,
    view.close,
    view.submit_disabled,
    view.blocks,
    depth,
    user,
  ]);
  if (signature === open.signature && open.dialog) return;
  const same = open.view?.id === view.id && open.view.callback_id === view.callback_id && open.user === user;
  if (open.view) open.stash.set(open.view.id, readState(open.body));
  Object.assign(open, { view, signature, user });
  if (!open.dialog) start();
  const kept = { ...view.state?.values, ...open.stash.get(view.id) };
  const repaint = () => paint(view, depth, kept, same);
  if (same) keepingFocus(open.dialog, repaint);
  else repaint();
  if (!same || !open.dialog.contains(document.activeElement)) firstField()?.focus();
}

function start() {
  open.opener = document.activeElement;
  open.dialog = el("dialog", { class: "dialog", testid: "modal" });
  open.dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  open.dialog.addEventListener("keydown", trap);
  document.body.append(open.dialog);
  open.dialog.showModal();
}

function shut() {
  if (!open.dialog) return;
  const notices = open.dialog.querySelector("#notice");
  if (notices) document.body.append(notices);
  open.dialog.close();
  open.dialog.remove();
  const back = open.opener;
  Object.assign(open, { dialog: null, view: null, signature: "", body: null, opener: null });
  open.stash.clear();
  if (back?.isConnected) back.focus();
  else document.querySelector('[data-testid="composer"]')?.focus();
}

function trap(event) {
  if (event.key !== "Tab") return;
  const items = focusables(open.dialog);
  const [first, last] = [items[0], items.at(-1)];
  const target = event.shiftKey && document.activeElement === first ? last : !event.shiftKey && document.activeElement === last ? first : null;
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function firstField() {
  return open.body.querySelector("input, select, textarea, .many-toggle") || focusables(open.body)[0] || focusables(open.dialog).at(-1);
}

// A form drawn anew stays where it was read; another form that took its place begins at its top.
function paint(view, depth, kept, same) {
  const title = uid("modal-title");
  open.dialog.setAttribute("aria-labelledby", title);
  const container = { type: "view", view_id: view.id };
  const ctx = { surface: "modal", kept, act: actor(container, () => open.body, refreshModal) };
  open.body = el("div", { class: "dialog-body" }, renderBlocks(view.blocks, ctx));
  const form = el(
    "form",
    { class: "dialog-form", novalidate: true, on: { submit: (event) => { event.preventDefault(); submit(); } } },
    head(view, depth, title),
    open.body,
    foot(view, depth),
  );
  const scroll = (same && open.dialog.querySelector(".dialog-body")?.scrollTop) || 0;
  const notices = open.dialog.querySelector("#notice");
  open.dialog.replaceChildren(form, ...(notices ? [notices] : []));
  open.body.scrollTop = scroll;
}

function head(view, depth, title) {
  const back = depth > 1 && el(
    "button",
    { type: "button", class: "button button-icon", "aria-label": "Back", testid: "modal-back", on: { click: leave } },
    icon("back"),
  );
  const close = el(
    "button",
    { type: "button", class: "button button-icon", "aria-label": "Close", testid: "modal-close", on: { click: leave } },
    icon("close"),
  );
  return el("div", { class: "dialog-head" }, back, el("h2", { id: title }, plain(view.title?.text || "")), close);
}

function foot(view, depth) {
  const close = plain(view.close?.text) || (depth > 1 ? "Back" : view.submit ? "Cancel" : "Close");
  const cancel = el("button", { type: "button", class: "button", testid: "modal-cancel", on: { click: leave } }, close);
  const send = view.submit && el(
    "button",
    { type: "submit", class: "button button-primary", testid: "modal-submit", disabled: Boolean(view.submit_disabled) },
    plain(view.submit.text),
  );
  return el("div", { class: "dialog-foot" }, cancel, send);
}

async function leave() {
  const view = open.view;
  if (!view) return;
  try {
    await post(`/_local/modal/${open.user}/close`, { view_id: view.id });
  } catch (error) {
    notice(sentence(error), "trouble");
  }
  await refreshModal();
}

async function submit() {
  const send = open.dialog.querySelector('[data-testid="modal-submit"]');
  if (!send || !open.view || send.getAttribute("aria-busy") === "true") return;
  const values = readState(open.body);
  const found = complaints(open.view.blocks, values);
  showErrors(open.body, found);
  if (Object.keys(found).length) return;
  send.setAttribute("aria-busy", "true");
  try {
    await settle(await post(`/_local/modal/${open.user}/submit`, { view_id: open.view.id, state: values }));
  } catch (error) {
    notice(sentence(error), "trouble");
  } finally {
    send.removeAttribute("aria-busy");
  }
}

async function settle(answer) {
  if (answer.result === "errors") {
    showErrors(open.body, answer.errors || {});
    reportStray(answer.errors || {});
    return;
  }
  if (answer.error) notice(sentence(answer.error), "trouble");
  await refreshModal();
}

// An error for a block that is not there would be lost in silence.
function reportStray(errors) {
  const stray = Object.entries(errors).filter(([block]) => !open.body.querySelector(`[data-testid="field-${CSS.escape(block)}"]`));
  if (stray.length) notice(stray.map(([, words]) => plain(words)).join(" "), "trouble");
}
