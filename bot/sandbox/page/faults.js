// A discreet panel to let things go wrong between the bot and Slack, to see that nothing is lost or doubled.
import { post, sentence } from "./api.js";
import { el, onLeave, uid } from "./dom.js";
import { notice } from "./notice.js";
import { state } from "./state.js";

const RATE = [[0, "Never"], [0.1, "1 in 10"], [0.25, "1 in 4"], [0.5, "1 in 2"], [1, "Always"]];
const PAUSE = [[0, "At once"], [500, "Half a second"], [2000, "2 seconds"], [5000, "5 seconds"]];
const SWITCHES = [
  ["rate_limited", "Too many requests (429)", RATE],
  ["lost_answer", "Answer lost after the work is done", RATE],
  ["server_error", "Server error (500)", RATE],
  ["slow_ms", "Answers come", PAUSE],
  ["deliver_twice", "Deliver everything twice", null],
  ["pace", "One message a second in a channel", null],
];

let shown = false;

export function faultsPanel(after) {
  const faults = state.world.faults || {};
  const active = SWITCHES.filter(([name]) => Number(faults[name]) > 0).length;
  const panel = el("div", { class: "faults-panel", id: uid("faults"), role: "group", "aria-label": "Test failures", hidden: !shown },
    el("p", { class: "aside" }, "What goes wrong between Comity and Slack."),
    SWITCHES.filter(([name]) => name in faults).map((item) => control(item, faults, after)));
  const toggle = el("button", {
    type: "button",
    class: "button button-bar",
    testid: "faults",
    "aria-expanded": String(shown),
    "aria-controls": panel.id,
  },
    "Test failures", active > 0 && el("span", { class: "count" }, String(active), el("span", { class: "sr-only" }, " switched on")));
  toggle.addEventListener("click", () => show(toggle, panel, !shown));
  const root = el("div", { class: "faults" }, toggle, panel);
  root.addEventListener("keydown", (event) => event.key === "Escape" && shown && (show(toggle, panel, false), toggle.focus()));
  onLeave(root, () => shown, () => show(toggle, panel, false));
  return root;
}

function show(toggle, panel, open) {
  shown = open;
  panel.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
}

function control([name, label, choices], faults, after) {
  const testid = `fault-${name}`;
  if (!choices) {
    const box = el("input", { type: "checkbox", checked: Boolean(faults[name]), testid });
    box.addEventListener("change", () => change(name, box.checked, after));
    return el("label", { class: "choice" }, box, el("span", {}, label));
  }
  const known = choices.some(([value]) => value === faults[name]) ? choices : [...choices, [faults[name], String(faults[name])]];
  const select = el(
    "select",
    { class: "control", testid },
    known.map(([value, words]) => el("option", { value: String(value) }, words)),
  );
  select.value = String(faults[name]);
  select.addEventListener("change", () => change(name, Number(select.value), after));
  return el("label", { class: "fault" }, el("span", {}, label), select);
}

async function change(name, value, after) {
  try {
    state.world.faults = await post("/_local/faults", { [name]: value });
  } catch (error) {
    notice(sentence(error), "trouble");
  }
  await after();
}
