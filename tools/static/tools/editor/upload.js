import { delay } from "../pure/backoff.js";
import { Refusal, Unreachable } from "./api.js";
import { locale } from "./words.js";

/**
 * Send a form and hear how much of it has gone: fetch cannot tell, XMLHttpRequest can.
 * Gives the server's answer; throws Refusal, Unreachable, or AbortError when the signal says so.
 */
export function send(url, body, { onShare, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", locale);
    request.upload.onprogress = ({ loaded, total }) => onShare(total ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refusal(request.status, request.response ?? undefined));
    };
    request.onerror = () => reject(new Unreachable(url));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    else request.send(body);
  });
}

/** Send until it arrives: a lost connection makes it wait, and start again when there is one. */
export async function sendPatiently(url, body, { onShare, onWait, signal }) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await send(url, body, { onShare, signal });
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      onWait();
      await connection(delay(tries, { first: 1000 }), signal);
    }
  }
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
    const stop = () => finish(reject)(new DOMException("aborted", "AbortError"));
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go, { signal: over.signal });
    signal.addEventListener("abort", stop, { signal: over.signal });
  });
}
