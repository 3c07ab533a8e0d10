// Block Kit's blocks as DOM nodes. ctx is described at renderElement; `surface` is message, modal or home.
import { el, icon, uid } from "./dom.js";
import { fileCard } from "./files.js";
import { plain, plainLines, textObject } from "./mrkdwn.js";
import { knows, renderElement } from "./elements.js";
import { richText } from "./richtext.js";

const RENDERERS = {
  header,
  section,
  divider,
  context,
  actions,
  image,
  input,
  rich_text: richBlock,
  file,
  markdown,
  video: unknown,
};

export function renderBlocks(blocks, ctx) {
  return (blocks || []).map((block) => (RENDERERS[block.type] || unknown)(block, ctx));
}

function header(block) {
  return el("h3", { class: "block block-header" }, plainLines(block.text?.text));
}

function divider() {
  return el("hr", { class: "block block-divider" });
}

function unknown(block) {
  return el("p", { class: "block unknown" }, `(A ${block.type} block is not shown here.)`);
}

function section(block, ctx) {
  const id = uid("section");
  const text = block.text && el("div", { class: "text", id }, textObject(block.text));
  const fields = block.fields && el(
    "div",
    { class: "fields" },
    block.fields.map((field) => el("div", { class: "text" }, textObject(field))),
  );
  const labels = block.text ? { labelledby: id } : {};
  const accessory = block.accessory && el("div", { class: "accessory" }, accessoryOf(block, { ...ctx, labels }));
  const wide = block.accessory && /multi_|radio|checkboxes/.test(block.accessory.type);
  return el("div", {
    class: wide ? "block block-section block-stacked" : "block block-section",
    data: { blockId: block.block_id },
  },
    el("div", { class: "section-main" }, text, fields), accessory);
}

function accessoryOf(block, ctx) {
  if (block.accessory.type === "image") return picture(block.accessory, "thumb");
  if (block.accessory.type === "button") return renderElement(block.accessory, block, { ...ctx, labels: {} });
  return renderElement(block.accessory, block, ctx);
}

// Pictures live elsewhere and the page fetches nothing from outside: their description stands for them.
function picture(image, kind) {
  return el(
    "span",
    { class: `picture picture-${kind}`, role: "img", "aria-label": plain(image.alt_text) },
    plain(image.alt_text),
  );
}

function image(block) {
  const caption = block.title && el("figcaption", {}, plain(block.title.text));
  return el("figure", { class: "block block-image" }, caption, picture(block, "wide"));
}

function context(block) {
  const items = (block.elements || []).map((item) =>
    item.type === "image" ? picture(item, "small") : el("span", { class: "text" }, textObject(item)));
  return el("div", { class: "block block-context" }, items);
}

function actions(block, ctx) {
  const items = (block.elements || []).map((element) => renderElement(element, block, { ...ctx, labels: {} }));
  return el("div", { class: "block block-actions", data: { blockId: block.block_id } }, items);
}

function richBlock(block) {
  return el("div", { class: "block text" }, richText(block));
}

function markdown(block) {
  return el("div", { class: "block text" }, plainLines(block.text));
}

function file(block) {
  return el(
    "div",
    { class: "block" },
    block.file ? fileCard(block.file) : el("span", { class: "unknown" }, icon("file"), plain(block.external_id)),
  );
}

function input(block, ctx) {
  const ids = { label: uid("label"), hint: uid("hint"), error: uid("error") };
  const labels = { labelledby: ids.label, describedby: block.hint ? `${ids.hint} ${ids.error}` : ids.error };
  const control = renderElement(block.element, block, { ...ctx, labels, input: true });
  const label = el(
    "label",
    { class: "label", id: ids.label },
    plain(block.label.text),
    block.optional && el("span", { class: "optional" }, " (optional)"),
  );
  const hint = block.hint && el("p", { class: "hint", id: ids.hint }, plainLines(block.hint.text));
  const error = el("p", { class: "error", id: ids.error, testid: `error-${block.block_id}`, hidden: true });
  const root = el("div", { class: "block block-input", testid: `field-${block.block_id}` }, label, control, hint, error);
  tie(label, root, block);
  return root;
}

// A click on the label reaches the control, where there is a single one to reach.
function tie(label, root, block) {
  const control = root.querySelector("input, select, textarea, button");
  if (!control || !knows(block.element.type)) return;
  if (/radio|checkboxes|multi_/.test(block.element.type)) {
    label.addEventListener("click", () => control.focus());
    return;
  }
  control.id = uid("control");
  label.htmlFor = control.id;
  if (!block.optional) control.setAttribute("aria-required", "true");
}

export function showErrors(root, errors) {
  const fields = [...root.querySelectorAll('[data-testid^="field-"]')];
  for (const field of fields) setError(field, errors[field.dataset.testid.slice("field-".length)]);
  const first = fields.find((field) => errors[field.dataset.testid.slice("field-".length)]);
  first?.querySelector(".many-toggle, input, select, textarea, button")?.focus();
  first?.querySelector(".error").scrollIntoView({ block: "nearest" });
}

function setError(field, words) {
  const place = field.querySelector(".error");
  place.textContent = words ? plain(words) : "";
  place.hidden = !words;
  field.classList.toggle("has-error", Boolean(words));
  for (const control of field.querySelectorAll("input, select, textarea, .many-toggle")) {
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}
