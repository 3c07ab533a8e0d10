// A file chosen in a modal goes to the local Slack at once; the view's state then carries its id.
import { sentence, upload } from "./api.js";
import { el, icon } from "./dom.js";
import { fileSize } from "./dates.js";
import { naming } from "./elements.js";
import { state } from "./state.js";
import { holds, kept } from "./values.js";

export function fileInput(element, block, ctx) {
  const files = [...(kept(ctx, block, element)?.files ?? [])];
  const list = el("ul", { class: "picked" });
  const status = el("span", { class: "aside", role: "status" });
  const accept = (element.filetypes || []).map((type) => `.${type}`).join(",");
  const input = el(
    "input",
    {
      type: "file",
      class: "control-file",
      accept: accept || null,
      multiple: (element.max_files ?? 10) > 1,
      ...naming(element, ctx),
    },
  );
  const redraw = () => list.replaceChildren(...files.map((file) => pickedRow(
    file,
    () => { files.splice(files.indexOf(file), 1); redraw(); },
  )));
  input.addEventListener("change", async () => {
    await take([...input.files], files, element, status);
    input.value = "";
    redraw();
  });
  redraw();
  const root = el("div", { class: "file-input" }, input, status, list);
  return holds(root, block, element, () => ({ type: "file_input", files: [...files] }));
}

async function take(chosen, files, element, status) {
  const most = element.max_files ?? 10;
  for (const file of chosen) {
    if (files.length >= most) {
      status.textContent = `No more than ${most} ${most === 1 ? "file" : "files"}.`;
      return;
    }
    status.textContent = `Uploading ${file.name}…`;
    try {
      files.push(stored(await upload(file, state.user), file));
      status.textContent = `${file.name} is attached.`;
    } catch (error) {
      status.textContent = `${file.name} could not be uploaded: ${sentence(error)}`;
      return;
    }
  }
}

function stored(answer, file) {
  const given = answer.file ?? answer;
  const id = typeof given === "string" ? given : given.id ?? given.file_id;
  return { id, name: file.name, size: file.size };
}

function pickedRow(file, remove) {
  const button = el("button", { type: "button", class: "button button-quiet", on: { click: remove } }, "Remove");
  button.setAttribute("aria-label", `Remove ${file.name}`);
  return el(
    "li",
    { testid: "picked-file" },
    icon("file"),
    el("span", {}, file.name),
    el("span", { class: "aside" }, fileSize(file.size)),
    button,
  );
}
