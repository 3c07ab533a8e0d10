// "Are you sure?" in Slack's own form, as a dialog that answers a promise.
import { el, uid } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const dialog = build(confirm);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function build(confirm) {
  const title = uid("confirm");
  const yes = confirm.style === "danger" ? "button button-danger" : "button button-primary";
  const dialog = el("dialog", { class: "dialog dialog-small", "aria-labelledby": title, testid: "confirm" });
  dialog.append(
    el("div", { class: "dialog-head" }, el("h2", { id: title }, plain(confirm.title?.text || "Are you sure?"))),
    el("div", { class: "dialog-body" }, textObject(confirm.text)),
    el("div", { class: "dialog-foot" },
      el(
        "button",
        { type: "button", class: "button", testid: "confirm-no", on: { click: () => dialog.close("no") } },
        plain(confirm.deny?.text || "Cancel"),
      ),
      el(
        "button",
        { type: "button", class: yes, testid: "confirm-yes", on: { click: () => dialog.close("yes") } },
        plain(confirm.confirm?.text || "Yes"),
      ),
    ),
  );
  return dialog;
}
