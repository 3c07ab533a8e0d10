// What the page knows, and where the reader stands: the address (user, channel, tab, thread) lives in the URL hash.

export const state = {
  world: { workspaces: [], bots: [], apps: [], faults: {} },
  me: { channels: [] },
  user: null,
  channel: null,
  tab: null,
  thread: null,
};

export function people() {
  return state.world.workspaces.flatMap((space) => space.people);
}

export function person(id) {
  return people().find((someone) => someone.id === id) || null;
}

export function workspaceOf(userId) {
  return state.world.workspaces.find((space) => space.people.some((someone) => someone.id === userId)) || null;
}

export function bot(id) {
  return state.world.bots.find((app) => app.id === id || app.user_id === id) || null;
}

export function botOf(teamId) {
  return state.world.bots.find((app) => app.team_id === teamId) || null;
}

export function nameOf(id) {
  return person(id)?.name || bot(id)?.name || state.world.names?.[id] || null;
}

export function channel(id) {
  return state.me.channels.find((item) => item.id === id) || null;
}

export function commandsOf(userId) {
  const team = workspaceOf(userId)?.id;
  return state.world.apps.find((app) => app.team_id === team)?.commands || [];
}

// The direct conversation with comity: the place that has the Home tab.
export function appConversation() {
  const app = botOf(workspaceOf(state.user)?.id);
  if (!app) return null;
  const direct = state.me.channels.find((item) => item.kind === "dm" && item.name === app.name && (item.team_id ?? app.team_id) === app.team_id);
  return { name: app.name, id: direct?.id || "app", unread: direct?.unread || 0 };
}

export function isApp(channelId) {
  return appConversation()?.id === channelId;
}

export function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  for (const key of ["user", "channel", "tab", "thread"]) state[key] = hash.get(key);
}

export function hrefTo(change) {
  const next = { user: state.user, channel: state.channel, tab: state.tab, thread: state.thread, ...change };
  const pairs = Object.entries(next).filter(([, value]) => value);
  return `#${pairs.map(([key, value]) => `${key}=${value}`).join("&")}`;
}

export function go(change) {
  location.hash = hrefTo(change);
}

// A remembered channel per person, so that switching back and forth keeps everybody's place.
const places = new Map();

export function rememberPlace() {
  places.set(state.user, { channel: state.channel, tab: state.tab, thread: state.thread });
}

export function placeOf(userId) {
  return places.get(userId) || { channel: null, tab: null, thread: null };
}
