// Completion of slash commands: a list over the composer, driven by the keyboard from the text box itself.
import { el, fill, uid } from "./dom.js";
import { commandsOf, state } from "./state.js";

function subcommands(command) {
  return (command.subcommands || []).map((item) => (typeof item === "string" ? { name: item } : {
    name: item.name ?? item.subcommand,
    about: item.description,
  }));
}

// What can follow the text typed so far: [{text, label, hint, about}].
function offersFor(text) {
  const match = /^(\/\S*)(?:(\s+)(\S*))?$/.exec(text);
  if (!match) return [];
  const [, word, space, rest] = match;
  const commands = commandsOf(state.user);
  if (space === undefined) return commands.filter(({ command }) => command.startsWith(word)).map(commandOffer);
  const found = commands.find(({ command }) => command === word);
  if (!found) return [];
  return subcommands(found).filter(({ name }) => name.startsWith(rest)).map((sub) => subOffer(found, sub));
}

function commandOffer({ command, description, usage_hint: hint }) {
  return { text: `${command} `, id: command, label: command, hint, about: description };
}

function subOffer({ command }, { name, about }) {
  return { text: `${command} ${name}`, id: `${command} ${name}`, label: `${command} ${name}`, about };
}

export function completion(box) {
  const list = el("ul", { class: "offers", role: "listbox", id: uid("offers"), "aria-label": "Commands", hidden: true });
  const self = { box, root: list, offers: [], at: -1 };
  setRole(box, list);
  box.addEventListener("input", () => reopen(self));
  box.addEventListener("focus", () => reopen(self));
  box.addEventListener("blur", () => setTimeout(() => close(self), 120));
  self.handle = (event) => handle(self, event);
  return self;
}

function setRole(box, list) {
  const roles = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-haspopup": "listbox",
  };
  for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);
}

function reopen(self) {
  const text = self.box.value;
  self.offers = text.startsWith("/") ? offersFor(text) : [];
  if (self.offers.length === 1 && self.offers[0].text === text) self.offers = [];
  const typing = /^\/\S*$/.test(text) ? text !== "/" : /\s\S+$/.test(text);
  const exact = self.offers.some((offer) => offer.text.trim() === text.trim());
  self.at = typing && !exact && self.offers.length ? 0 : -1;
  paint(self);
}

function close(self) {
  self.offers = [];
  self.at = -1;
  paint(self);
}

function paint(self) {
  const { root, box, offers } = self;
  fill(root, offers.map((offer, index) => offerRow(self, offer, index)));
  root.hidden = offers.length === 0;
  box.setAttribute("aria-expanded", String(offers.length > 0));
  const active = root.children[self.at];
  if (active) box.setAttribute("aria-activedescendant", active.id);
  else box.removeAttribute("aria-activedescendant");
  active?.scrollIntoView({ block: "nearest" });
}

function offerRow(self, offer, index) {
  const props = {
    class: "offer",
    role: "option",
    id: `${self.root.id}-${index}`,
    "aria-selected": String(index === self.at),
    testid: `completion-${offer.id}`,
  };
  const take = (event) => {
    event.preventDefault();
    accept(self, index);
  };
  return el("li", { ...props, on: { mousedown: take, click: take } },
    el("span", { class: "offer-label" }, offer.label), offer.hint && el("code", {}, offer.hint), offer.about && el("span", { class: "aside" }, offer.about));
}

function accept(self, index) {
  const offer = self.offers[index];
  if (!offer) return;
  self.box.value = offer.text;
  self.box.focus();
  self.box.dispatchEvent(new Event("input"));
}

// True when the key was meant for the list.
function handle(self, event) {
  if (!self.offers.length || event.isComposing) return false;
  const count = self.offers.length;
  const moves = { ArrowDown: (self.at + 1) % count, ArrowUp: (self.at - 1 + count + (self.at < 0 ? 1 : 0)) % count };
  if (event.key in moves) self.at = moves[event.key];
  else if (event.key === "Escape") self.offers = [];
  else if (event.key === "Tab" && !event.shiftKey) accept(self, Math.max(self.at, 0));
  else if (event.key === "Enter" && self.at >= 0) accept(self, self.at);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  if (event.key in moves || event.key === "Escape") paint(self);
  return true;
}
