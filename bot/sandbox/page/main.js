// Starts the page, follows the address and the long poll, and keeps every part in step with the local Slack.
import { get, post, sentence } from "./api.js";
import { paintClock } from "./clock.js";
import { byId, el } from "./dom.js";
import { refreshModal } from "./modal.js";
import { clear, notice } from "./notice.js";
import { paintMain, refreshMain } from "./pane.js";
import { colours, paintRail } from "./rail.js";
import { closePeople, paintSidebar } from "./sidebar.js";
import { channel, hrefTo, person, people, readHash, rememberPlace, state, workspaceOf } from "./state.js";
import { paintThread, refreshThread } from "./thread.js";

let running = null;
let again = false;

// At most one refresh runs; whoever asks meanwhile gets one more after it.
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = repeat().finally(() => { running = null; });
  return running;
}

async function repeat() {
  do {
    again = false;
    try {
      await once();
    } catch (error) {
      notice(sentence(error), "trouble");
    }
  } while (again);
}

async function once() {
  const user = state.user;
  const [world, me] = await Promise.all([get("/_local/world"), get(`/_local/me/${user}`)]);
  Object.assign(state, { world });
  if (user !== state.user) return;
  state.me = me;
  settlePlace();
  paintFrame();
  await Promise.all([refreshMain(), refreshThread(), refreshModal()]);
  await markRead();
}

function paintFrame() {
  const space = workspaceOf(state.user);
  colours(document.documentElement, space?.colour);
  document.title = `${placeName()} · ${person(state.user)?.name ?? ""} · ${space?.name ?? ""}`;
  paintClock(byId("topbar"), refresh);
  paintRail(byId("rail"));
  paintSidebar(byId("sidebar"));
  paintMain(byId("main"), refresh);
  paintThread(byId("thread"), refresh);
}

function placeName() {
  const here = channel(state.channel);
  if (!here) return "comity";
  return here.kind === "dm" ? here.name : `#${here.name}`;
}

// An address that names nothing this person can see leads to their first channel.
function settlePlace() {
  const known = state.channel === "app" || channel(state.channel);
  if (!known) Object.assign(state, { channel: state.me.channels[0]?.id ?? "app", tab: null, thread: null });
  rememberPlace();
  history.replaceState(null, "", hrefTo({}));
}

async function markRead() {
  const here = channel(state.channel);
  if (!here?.unread || state.tab === "home" || document.hidden) return;
  await post("/_local/read", { user: state.user, channel: here.id });
  here.unread = 0;
  paintSidebar(byId("sidebar"));
}

async function follow() {
  let since = null;
  for (;;) {
    const user = state.user;
    try {
      const { version } = await get("/_local/poll", { user, since: since === null ? null : String(since) });
      connected(true);
      if (version !== since) await refresh();
      since = version;
    } catch {
      connected(false);
      since = null;
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

let wasConnected = true;

function connected(now) {
  if (now === wasConnected) return;
  wasConnected = now;
  document.body.classList.toggle("offline", !now);
  if (now) clear();
  else notice("The local Slack does not answer; trying again…", "trouble");
}

function defaultUser() {
  return people().find((someone) => !someone.deactivated)?.id ?? null;
}

async function moved() {
  const before = state.user;
  clear();
  readHash();
  if (!person(state.user)) state.user = before || defaultUser();
  if (before !== state.user) {
    state.me = { channels: [] };
    closePeople();
  }
  await refresh();
}

async function start() {
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  byId("skip-to-box").addEventListener("click", (event) => {
    event.preventDefault();
    (document.querySelector('[data-testid="composer"]') || byId("main")).focus();
  });
  try {
    state.world = await get("/_local/world");
  } catch (error) {
    byId("main").replaceChildren(el("p", { class: "empty" }, sentence(error), " Please reload this page in a moment."));
    return;
  }
  readHash();
  if (!person(state.user)) state.user = defaultUser();
  window.addEventListener("hashchange", moved);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  await refresh();
  document.body.dataset.ready = "true";
  follow();
}

start();
