// Choosing one or several: option lists given by the app, or the people and channels this reader can see.
import { arrowKeys, el, icon, uid } from "./dom.js";
import { dispatch, naming } from "./elements.js";
import { plain } from "./mrkdwn.js";
import { state } from "./state.js";
import { holds, kept } from "./values.js";

function groupsOf(element) {
  if (element.option_groups) return element.option_groups.map((group) => ({
    label: plain(group.label.text),
    options: group.options,
  }));
  return [{ label: null, options: element.options || [] }];
}

function choicesOf(element) {
  return groupsOf(element).map(({ label, options }) => ({ label, choices: options.map(asChoice) }));
}

function asChoice(option) {
  return { value: option.value, label: plain(option.text.text), description: plain(option.description?.text), option };
}

function peopleChoices() {
  return state.world.workspaces.map((space) => ({
    label: space.name,
    choices: space.people.filter((someone) => !someone.deactivated).map(({ id, name, title }) => ({ value: id, label: name, description: title })),
  }));
}

function channelChoices() {
  const choices = state.me.channels.filter((item) => item.kind !== "dm").map(({ id, name }) => ({ value: id, label: `#${name}` }));
  return [{ label: null, choices }];
}

const entity = (type) => /(users|conversations|channels)/.exec(type)[1];
const ONE = { users: "selected_user", conversations: "selected_conversation", channels: "selected_channel" };
const entityChoices = (kind) => (kind === "users" ? peopleChoices() : channelChoices());

export function choose(element, block, ctx) {
  const groups = choicesOf(element);
  const start = (kept(ctx, block, element)?.selected_option ?? element.initial_option)?.value;
  const value = (chosen) => ({ type: element.type, selected_option: find(groups, chosen)?.option ?? null });
  return dropDown(element, block, ctx, { groups, start, value });
}

export function entitySelect(element, block, ctx) {
  const kind = entity(element.type);
  const key = ONE[kind];
  const start = kept(ctx, block, element)?.[key] ?? element[`initial_${kind.slice(0, -1)}`];
  const value = (chosen) => ({ type: element.type, [key]: chosen || null });
  return dropDown(element, block, ctx, { groups: entityChoices(kind), start, value });
}

export function chooseMany(element, block, ctx) {
  const groups = choicesOf(element);
  const start = (kept(ctx, block, element)?.selected_options ?? element.initial_options ?? []).map((option) => option.value);
  const value = (chosen) => ({ type: element.type, selected_options: chosen.map((item) => find(groups, item).option) });
  return pickMany(element, block, ctx, { groups, start, value });
}

export function entitySelects(element, block, ctx) {
  const kind = entity(element.type);
  const key = `${ONE[kind]}s`;
  const start = kept(ctx, block, element)?.[key] ?? element[`initial_${kind}`] ?? [];
  const value = (chosen) => ({ type: element.type, [key]: chosen });
  return pickMany(element, block, ctx, { groups: entityChoices(kind), start, value });
}

function find(groups, value) {
  return groups.flatMap((group) => group.choices).find((choice) => choice.value === value);
}

function dropDown(element, block, ctx, { groups, start, value }) {
  const first = el("option", { value: "" }, plain(element.placeholder?.text) || "Choose…");
  const select = el("select", { class: "control control-select", ...naming(element, ctx) }, first, groups.map(optionGroup));
  select.value = find(groups, start) ? start : "";
  holds(select, block, element, () => value(select.value));
  select.addEventListener("change", () => select.value && dispatch(element, block, ctx, value(select.value), select));
  return el("span", { class: "select-wrap" }, select, icon("down", 14));
}

function optionGroup({ label, choices }) {
  const options = choices.map((choice) => el(
    "option",
    { value: choice.value },
    choice.description ? `${choice.label} — ${choice.description}` : choice.label,
  ));
  return label ? el("optgroup", { label }, options) : options;
}

// A button that shows what is chosen and opens a list of check boxes beneath it.
function pickMany(element, block, ctx, { groups, start, value }) {
  const panel = el(
    "div",
    { class: "many-panel", role: "group", id: uid("many"), hidden: true, "aria-labelledby": ctx.labels?.labelledby },
  );
  const shown = el("span", { class: "many-shown" });
  const toggle = el(
    "button",
    {
      type: "button",
      class: "control many-toggle",
      "aria-expanded": "false",
      "aria-controls": panel.id,
      "aria-describedby": ctx.labels?.describedby,
      testid: `toggle-${element.action_id}`,
    },
    shown,
    icon("down", 14),
  );
  const root = el("div", { class: "many", testid: `action-${element.action_id}` }, toggle, panel);
  const chosen = () => [...panel.querySelectorAll("input:checked")].map((box) => box.value);
  panel.append(...groups.map((group) => manyGroup(
    group,
    start,
    () => chosen().length >= (element.max_selected_items || Infinity),
  )));
  const tell = () => summary(shown, toggle, groups, chosen(), plain(element.placeholder?.text) || "Choose one or more…");
  panel.addEventListener("change", () => {
    tell();
    dispatch(element, block, ctx, value(chosen()), root);
  });
  opening(root, toggle, panel);
  tell();
  return holds(root, block, element, () => value(chosen()));
}

function opening(root, toggle, panel) {
  const show = (open) => {
    panel.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => show(panel.hidden));
  root.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && event.target === toggle) show(true);
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    show(false);
    toggle.focus();
  });
  arrowKeys(root, "button, input");
}

function manyGroup({ label, choices }, start, full) {
  const rows = choices.map((choice) => manyRow(choice, start.includes(choice.value), full));
  if (!label) return el("div", { class: "many-group" }, rows);
  return el("div", { class: "many-group", role: "group", "aria-label": label }, el("div", { class: "many-label" }, label), rows);
}

function manyRow(choice, checked, full) {
  const box = el("input", { type: "checkbox", value: choice.value, checked });
  box.addEventListener("click", (event) => box.checked && full() && overFull(box, event, full));
  return el(
    "label",
    { class: "choice" },
    box,
    el("span", {}, choice.label, choice.description && el("span", { class: "description" }, choice.description)),
  );
}

// The click has already ticked the box when we hear of it, so the count includes it.
function overFull(box, event, full) {
  box.checked = false;
  const already = full();
  box.checked = true;
  if (already) event.preventDefault();
}

function summary(shown, toggle, groups, chosen, placeholder) {
  const names = chosen.map((value) => find(groups, value).label);
  shown.replaceChildren(...(names.length ? names.map((name) => el("span", { class: "tag" }, name)) : [el("span", { class: "placeholder" }, placeholder)]));
  toggle.setAttribute("aria-label", names.length ? `Chosen: ${names.join(", ")}` : placeholder);
}
