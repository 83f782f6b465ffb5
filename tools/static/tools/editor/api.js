import { locale, getMessage } from "./messages.js";

/** The server said no: an id, words for the visitor, and words for single fields. */
export class Refusal extends Error {
  constructor(status, { error = "error", words = getMessage("error"), fields = {} } = {}) {
    super(error);
    Object.assign(this, { status, id: error, words, fields });
  }
}

/** The server could not be reached: nobody knows whether it heard. */
export class Unreachable extends Error {}

const HEADERS = { Accept: "application/json", "Accept-Language": locale };

export async function fetchJson(url, { headers, ...options } = {}) {
  const answer = await reach(url, { ...options, headers: { ...HEADERS, ...headers } });
  if (answer.status === 204 || answer.status === 304) return null;
  const body = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Refusal(answer.status, body);
  return body;
}

/** Tells the document "posted" with what came of it, for whoever counts. */
export async function postForm(url, fields = {}) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const at = performance.now();
  const told = (detail) => document.dispatchEvent(new CustomEvent("posted", { detail: { url, at, ...detail } }));
  try {
    const answer = await fetchJson(url, { method: "POST", body });
    told({ answer });
    return answer;
  } catch (error) {
    told({ error });
    throw error;
  }
}

/** A piece of a page, as text. */
export async function fetchHtml(url) {
  const answer = await reach(url, { headers: { ...HEADERS, Accept: "text/html" } });
  if (!answer.ok) throw new Refusal(answer.status);
  return answer.text();
}

/** Ask again only for what has changed since. Null when nothing has. */
const tags = new Map();

export async function fetchIfChanged(url) {
  const tag = tags.get(url);
  const headers = tag ? { ...HEADERS, "If-None-Match": tag } : HEADERS;
  const answer = await reach(url, { headers, cache: "no-store" });
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => undefined));
  tags.set(url, answer.headers.get("ETag"));
  return answer.json();
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch (cause) {
    throw new Unreachable(url, { cause });
  }
}
