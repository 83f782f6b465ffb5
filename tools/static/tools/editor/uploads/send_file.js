import { computeBackoff } from "../../logic/backoff.js";
import { Refusal, Unreachable, fetchJson, postForm } from "../api.js";
import { locale } from "../messages.js";

/** A file of more bytes is sent in parts, so that a lost connection costs one part and not all. */
const SMALL = 2 ** 20;
const OCTETS = { "Content-Type": "application/octet-stream" };

/**
 * Send a body and hear how much of it has gone: fetch cannot tell, XMLHttpRequest can.
 * Gives the server's answer; throws Refusal, Unreachable, or AbortError when the signal says so.
 */
export function sendBody(method, url, body, { headers = {}, onSent, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let isSent = false;
    // What has all gone has arrived: whoever began it hears of the photo, and may have it deleted.
    const stop = () => isSent || request.abort();
    request.open(method, url);
    request.responseType = "json";
    const said = { Accept: "application/json", "Accept-Language": locale, ...headers };
    for (const [name, value] of Object.entries(said)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.upload.onload = () => {
      isSent = true;
    };
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refusal(request.status, request.response ?? undefined));
    };
    request.onerror = () => reject(new Unreachable(url));
    request.onabort = () => reject(aborted());
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    if (signal.aborted) reject(aborted());
    else request.send(body);
  });
}

/** Send a photo until it has arrived, however often the connection is lost; gives the Photo. */
export function sendFile(file, hooks) {
  return file.size > SMALL ? inParts(file, hooks) : whole(file, hooks);
}

function whole(file, { onShare, onWait, signal, purpose }) {
  const body = new FormData();
  if (purpose) body.set("purpose", purpose);
  body.set("file", file);
  const onSent = (bytes) => onShare(Math.min(1, bytes / file.size));
  return patiently(() => sendBody("POST", "/photos/", body, { onSent, signal }), { onWait, signal });
}

async function inParts(file, { onShare, onWait, signal, purpose }) {
  const { name, type, size } = file;
  const begin = () => postForm("/uploads/", { name, type, bytes: size, ...(purpose && { purpose }) });
  let stands = await patiently(begin, { onWait: () => onWait(0), signal });
  const { url, part } = stands;
  while (!stands.photo) {
    const { offset } = stands;
    const options = {
      headers: { ...OCTETS, "Upload-Offset": String(offset) },
      onSent: (bytes) => onShare(Math.min(1, (offset + bytes) / size)),
      signal,
    };
    const wait = { onWait: () => onWait(offset / size), signal };
    stands = await sendBody("PATCH", url, file.slice(offset, offset + part), options).catch((error) => {
      const isLost = error instanceof Unreachable || error.id === "part-misplaced";
      if (!isLost) throw error;
      if (error instanceof Unreachable) wait.onWait();
      // What of it has arrived, only the server knows.
      return patiently(() => fetchJson(url, { signal, cache: "no-store" }), wait);
    });
  }
  return stands.photo;
}

/** Do it until the server has been reached: a lost connection makes it wait for a new one. */
async function patiently(act, { onWait, signal }) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      onWait(0);
      await connection(computeBackoff(tries, { first: 1000 }), signal);
    }
  }
}

function aborted() {
  return new DOMException("aborted", "AbortError");
}

/** Resolves when the browser is online again, or after a while if it thinks that it is. */
function connection(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const finish = (settle) => (value) => {
      clearTimeout(timer);
      over.abort();
      settle(value);
    };
    const go = finish(resolve);
    const stop = () => finish(reject)(aborted());
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go, { signal: over.signal });
    signal.addEventListener("abort", stop, { signal: over.signal });
    if (signal.aborted) stop();
  });
}
