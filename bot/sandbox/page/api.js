// The page's only way to the local Slack: JSON under /_local, and plain sentences when it fails.

export class Trouble extends Error {}

async function answerOf(response) {
  const type = response.headers.get("content-type") || "";
  const body = type.includes("json") ? await response.json() : await response.text();
  if (!response.ok) throw new Trouble(body?.error || `The local Slack answered ${response.status}.`);
  return body;
}

export async function get(path, params = {}, signal = undefined) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  const address = query.size ? `${path}?${query}` : path;
  return answerOf(await reach(address, { signal }));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await reach(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(file, user) {
  const query = new URLSearchParams({ user, name: file.name });
  const headers = { "Content-Type": file.type || "application/octet-stream" };
  return answerOf(await reach(`/_local/upload?${query}`, { method: "POST", headers, body: file }));
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("The local Slack cannot be reached.");
  }
}

const SENTENCES = {
  dispatch_failed: "Comity could not be reached, so nothing happened. Please try again.",
  operation_timeout: "Comity did not answer within three seconds. Please try again.",
  not_in_channel: "You are not a member of this channel.",
  unknown_command: "This workspace has no such command.",
  dispatch_unknown_error: "Something went wrong on the way to comity. Please try again.",
};

export function sentence(error) {
  const word = String(error?.message ?? error);
  return SENTENCES[word] ? `${SENTENCES[word]} (${word})` : word;
}
