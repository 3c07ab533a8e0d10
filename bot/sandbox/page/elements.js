// Block Kit's interactive elements, each as the plain HTML control that does the same.
import { arrowKeys, el, icon, uid } from "./dom.js";
import { confirmed } from "./confirm.js";
import { fullDay } from "./dates.js";
import { plain, textObject } from "./mrkdwn.js";
import { fileInput } from "./fileinput.js";
import { choose, chooseMany, entitySelect, entitySelects } from "./selects.js";
import { holds, kept } from "./values.js";

const RENDERERS = {
  button, overflow, datepicker, timepicker, checkboxes, file_input: fileInput,
  radio_buttons: radioButtons,
  static_select: choose, multi_static_select: chooseMany,
  users_select: entitySelect, conversations_select: entitySelect, channels_select: entitySelect,
  multi_users_select: entitySelects, multi_conversations_select: entitySelects, multi_channels_select: entitySelects,
  plain_text_input: textInput, email_text_input: textInput, url_text_input: textInput, number_input: textInput,
};

export function knows(type) {
  return type in RENDERERS;
}

// ctx: {act(element, block, given, node), kept, labels: {labelledby, describedby}, input: is it an input block?}
export function renderElement(element, block, ctx) {
  const render = RENDERERS[element.type];
  if (!render) return el("span", { class: "unknown" }, `(${element.type} is not shown here)`);
  return render(element, block, ctx);
}

// Tells the app of a change: always in actions and sections, in an input only when it asked for it.
export async function dispatch(element, block, ctx, value, node) {
  if (ctx.input && !block.dispatch_action) return false;
  if (!(await confirmed(element.confirm))) return false;
  await ctx.act(element, block, value, node);
  return true;
}

export function naming(element, ctx) {
  const { labelledby, describedby } = ctx.labels || {};
  const name = labelledby ? {} : { "aria-label": plain(element.placeholder?.text) || element.action_id };
  return { ...name, "aria-labelledby": labelledby, "aria-describedby": describedby, testid: `action-${element.action_id}` };
}

function button(element, block, ctx) {
  const classes = ["button", element.style && `button-${element.style}`].filter(Boolean).join(" ");
  const press = async (event) => {
    const node = event.currentTarget;
    if (node.getAttribute("aria-busy") === "true") return;
    if (element.confirm && element.url) event.preventDefault();
    const went = await dispatch(element, block, ctx, { value: element.value }, node);
    if (went && element.confirm && element.url) window.open(element.url, "_blank", "noopener");
  };
  const shared = {
    class: classes,
    testid: `action-${element.action_id}`,
    "aria-label": element.accessibility_label,
    on: { click: press },
  };
  if (!/^https?:/i.test(element.url || "")) return el("button", { type: "button", ...shared }, plain(element.text.text));
  return el("a", { href: element.url, target: "_blank", rel: "noopener noreferrer", ...shared }, plain(element.text.text));
}

function overflow(element, block, ctx) {
  const menu = el("div", { class: "menu", role: "menu", hidden: true });
  const toggle = el(
    "button",
    {
      type: "button",
      class: "button button-icon",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      testid: `action-${element.action_id}`,
    },
    icon("more"),
  );
  const show = (open) => {
    menu.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    (open ? menu.firstElementChild : toggle).focus();
  };
  const pick = (option) => {
    show(false);
    dispatch(element, block, ctx, { selected_option: option }, toggle);
  };
  menu.append(...element.options.map((option) => overflowItem(option, pick)));
  toggle.addEventListener("click", () => show(menu.hidden));
  menu.addEventListener(
    "keydown",
    (event) => event.key === "Escape" && (event.stopPropagation(), event.preventDefault(), show(false)),
  );
  menu.addEventListener(
    "focusout",
    (event) => !event.currentTarget.contains(event.relatedTarget) && event.relatedTarget !== toggle && hide(menu, toggle),
  );
  arrowKeys(menu, '[role="menuitem"]');
  return el("div", { class: "overflow" }, toggle, menu);
}

function hide(menu, toggle) {
  menu.hidden = true;
  toggle.setAttribute("aria-expanded", "false");
}

function overflowItem(option, pick) {
  const link = /^https?:/i.test(option.url || "") ? { href: option.url, target: "_blank", rel: "noopener noreferrer" } : null;
  const shared = { role: "menuitem", class: "menu-item", data: { value: option.value }, on: { click: () => pick(option) } };
  return link ? el("a", { ...link, ...shared }, plain(option.text.text)) : el(
    "button",
    { type: "button", ...shared },
    plain(option.text.text),
  );
}

function datepicker(element, block, ctx) {
  const start = kept(ctx, block, element)?.selected_date ?? element.initial_date ?? "";
  const input = el(
    "input",
    { type: "date", class: "control control-date", value: start, max: "9999-12-31", ...naming(element, ctx) },
  );
  const words = el("span", { class: "aside", "aria-live": "polite" }, fullDay(start));
  const value = () => ({ type: "datepicker", selected_date: input.value || null });
  input.addEventListener("input", () => { words.textContent = fullDay(input.value); });
  input.addEventListener("change", () => dispatch(element, block, ctx, value(), input));
  holds(input, block, element, value);
  return el("span", { class: "control-row" }, input, words);
}

function timepicker(element, block, ctx) {
  const start = kept(ctx, block, element)?.selected_time ?? element.initial_time ?? "";
  const input = el("input", { type: "time", class: "control control-date", value: start, ...naming(element, ctx) });
  // A browser may show the time in twelve hours; beside it stands what is read elsewhere.
  const words = el("span", { class: "aside", "aria-live": "polite" }, start);
  input.addEventListener("input", () => { words.textContent = input.value; });
  const value = () => ({
    type: "timepicker",
    selected_time: input.value || null,
    ...(element.timezone ? { timezone: element.timezone } : {}),
  });
  input.addEventListener("change", () => dispatch(element, block, ctx, value(), input));
  holds(input, block, element, value);
  return el("span", { class: "control-row" }, input, words, element.timezone && el("span", { class: "aside" }, element.timezone));
}

function choiceGroup(element, ctx, role, rows) {
  return el("div", { role, class: "choices", ...naming(element, ctx) }, rows);
}

function choiceRow(kind, name, option, checked) {
  const box = el("input", { type: kind, name, value: option.value, checked });
  const words = el(
    "span",
    {},
    textObject(option.text),
    option.description && el("span", { class: "description" }, textObject(option.description)),
  );
  return el("label", { class: "choice" }, box, words);
}

function radioButtons(element, block, ctx) {
  const name = uid("radio");
  const start = (kept(ctx, block, element)?.selected_option ?? element.initial_option)?.value;
  const group = choiceGroup(
    element,
    ctx,
    "radiogroup",
    element.options.map((option) => choiceRow("radio", name, option, option.value === start)),
  );
  const value = () => {
    const chosen = group.querySelector("input:checked")?.value;
    return { type: "radio_buttons", selected_option: element.options.find((option) => option.value === chosen) || null };
  };
  group.addEventListener("change", () => dispatch(element, block, ctx, value(), group));
  return holds(group, block, element, value);
}

function checkboxes(element, block, ctx) {
  const start = (kept(ctx, block, element)?.selected_options ?? element.initial_options ?? []).map((option) => option.value);
  const group = choiceGroup(
    element,
    ctx,
    "group",
    element.options.map((option) => choiceRow("checkbox", "", option, start.includes(option.value))),
  );
  const value = () => {
    const chosen = [...group.querySelectorAll("input:checked")].map((box) => box.value);
    return { type: "checkboxes", selected_options: element.options.filter((option) => chosen.includes(option.value)) };
  };
  group.addEventListener("change", () => dispatch(element, block, ctx, value(), group));
  return holds(group, block, element, value);
}

const INPUT_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text" };

function textInput(element, block, ctx) {
  const start = kept(ctx, block, element)?.value ?? element.initial_value ?? "";
  const placeholder = plain(element.placeholder?.text);
  const node = element.multiline
    ? el("textarea", { class: "control", rows: 4, placeholder, ...naming(element, ctx) })
    : el(
      "input",
      {
        class: "control",
        type: INPUT_TYPES[element.type] || "text",
        inputmode: element.type === "number_input" && "decimal",
        placeholder,
        ...naming(element, ctx),
      },
    );
  node.value = String(start);
  const value = () => ({ type: element.type, value: node.value === "" ? null : node.value });
  holds(node, block, element, value);
  dispatchingText(node, element, block, ctx, value);
  const count = counter(node, element);
  return count ? el("div", { class: "counted" }, node, count) : node;
}

function dispatchingText(node, element, block, ctx, value) {
  const when = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const tell = () => dispatch(element, block, ctx, value(), node);
  if (when.includes("on_character_entered")) node.addEventListener("input", tell);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || element.multiline || !block.dispatch_action) return;
    event.preventDefault();
    if (when.includes("on_enter_pressed")) tell();
  });
}

function counter(node, element) {
  if (!element.max_length) return null;
  const words = el("span", { class: "counter" });
  const count = () => {
    const left = element.max_length - [...node.value].length;
    words.textContent = left < 0 ? `${-left} too many` : `${left} left`;
    words.classList.toggle("counter-over", left < 0);
    words.hidden = left > Math.max(100, element.max_length / 5);
  };
  node.addEventListener("input", count);
  count();
  return words;
}
