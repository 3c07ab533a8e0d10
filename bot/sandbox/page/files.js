// A file in a message: name, size, and a link that downloads it.
import { el, icon } from "./dom.js";
import { fileSize } from "./dates.js";

function kindOf(name) {
  const match = /\.([a-z0-9]{1,5})$/i.exec(name || "");
  return match ? match[1].toUpperCase() : "FILE";
}

// The page's own address for a file, wherever the local Slack said it lives.
function localAddress(file) {
  const address = file.url || file.url_private_download || file.url_private || "";
  try {
    const url = new URL(address, location.href);
    return url.pathname.startsWith("/_files/") ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}

export function fileCard(file) {
  const name = file.name || file.title || "file";
  const address = localAddress(file);
  const about = [kindOf(name), fileSize(file.size)].filter(Boolean).join(" · ");
  const words = el(
    "span",
    { class: "file-words" },
    el("span", { class: "file-name" }, name),
    el("span", { class: "aside" }, about),
  );
  const shown = [el("span", { class: "file-kind", "aria-hidden": "true" }, icon("file", 18)), words];
  if (!address) return el("div", { class: "file-card" }, shown);
  return el("a", {
    class: "file-card",
    href: address,
    download: name,
    testid: "file-link",
    "aria-label": `Download ${name}, ${about}`,
  },
    shown, icon("download"));
}
