// The bar at the top: which day it is, and the ways to move on to another.
import { post, sentence } from "./api.js";
import { el, fill, icon, keepingFocus } from "./dom.js";
import { fullDay } from "./dates.js";
import { faultsPanel } from "./faults.js";
import { announce, notice } from "./notice.js";
import { state } from "./state.js";

let moving = null;

export function paintClock(root, after) {
  const signature = JSON.stringify([state.world.today, state.world.next_due, state.world.faults, moving]);
  if (root.dataset.signature === signature) return;
  root.dataset.signature = signature;
  keepingFocus(root, () => fill(root, today(), moves(after), jump(after), faultsPanel(after), progress()));
}

function today() {
  return el("div", { class: "today" }, icon("clock"), el("span", { class: "sr-only" }, "Today is "),
    el("time", { testid: "today", datetime: state.world.today }, fullDay(state.world.today)));
}

function moveButton(testid, words, change, after, extra = {}) {
  const press = () => moving || move(change, after);
  return el(
    "button",
    {
      type: "button",
      class: "button button-bar",
      testid,
      "aria-disabled": moving ? "true" : null,
      on: { click: press },
      ...extra,
    },
    words,
  );
}

function moves(after) {
  const due = state.world.next_due;
  const words = due ? `${due.label}, ${fullDay(due.date)}` : "nothing ahead";
  const next = [el("span", {}, "To the next thing due"), el("span", { class: "next-words" }, words)];
  return el("div", { class: "moves", role: "group", "aria-label": "Move the clock" },
    moveButton("clock-day", "+1 day", { days: 1 }, after),
    moveButton("clock-month", "+1 month", { months: 1 }, after),
    moveButton("clock-next", next, { next: true }, after, { title: words, class: "button button-bar button-next", "aria-disabled": moving || !due ? "true" : null }));
}

function jump(after) {
  const input = el(
    "input",
    {
      type: "date",
      class: "control control-bar",
      id: "clock-to",
      min: state.world.today,
      max: "2099-12-31",
      "aria-label": "Go to a date",
      testid: "clock-to",
      value: state.world.today,
    },
  );
  const go = el(
    "button",
    { type: "submit", class: "button button-bar", testid: "clock-go", "aria-disabled": moving ? "true" : null },
    "Go",
  );
  const leap = (event) => {
    event.preventDefault();
    if (!moving && input.value && input.value !== state.world.today) move({ to: input.value }, after);
  };
  return el("form", { class: "jump", novalidate: true, on: { submit: leap } }, input, go);
}

function progress() {
  const words = moving ? "Moving the clock; Comity is at work…" : "";
  return el(
    "div",
    { class: "progress", role: "status", testid: "clock-progress", hidden: !moving },
    el("span", { class: "progress-line", "aria-hidden": "true" }),
    el("span", { class: "sr-only" }, words),
  );
}

async function move(change, after) {
  moving = change;
  await after();
  try {
    const { today: day } = await post("/_local/clock", change);
    announce(`Today is ${fullDay(day)}.`);
  } catch (error) {
    notice(sentence(error), "trouble");
  } finally {
    moving = null;
    await after();
  }
}
