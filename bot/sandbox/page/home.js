// The App Home: the view comity publishes for this person.
import { get, post, sentence } from "./api.js";
import { actor } from "./act.js";
import { renderBlocks } from "./blocks.js";
import { el, keepingFocus } from "./dom.js";
import { notice } from "./notice.js";
import { state } from "./state.js";
import { readState } from "./values.js";

export function homePane(after) {
  const root = el(
    "div",
    { class: "home", role: "tabpanel", "aria-label": "Home", tabindex: "0", testid: "home-view" },
    el("p", { class: "empty" }, "Opening…"),
  );
  return { root, after, signature: null, user: state.user };
}

export async function openHome(home) {
  try {
    await post(`/_local/home/${home.user}/open`);
  } catch (error) {
    notice(sentence(error), "trouble");
  }
}

export async function refreshHome(home) {
  const { view } = await get(`/_local/home/${home.user}`);
  const signature = JSON.stringify(view);
  if (signature === home.signature) return;
  home.signature = signature;
  keepingFocus(home.root, () => paint(home, view));
}

function paint(home, view) {
  if (!view) {
    home.root.replaceChildren(el("p", { class: "empty" }, "Comity has nothing to show here yet."));
    return;
  }
  const ctx = {
    surface: "home",
    kept: readState(home.root),
    act: actor({ type: "home", view_id: view.id }, () => home.root, home.after),
  };
  home.root.replaceChildren(el("div", { class: "home-sheet" }, renderBlocks(view.blocks, ctx)));
}
