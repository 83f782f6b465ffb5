import { counted, fill } from "../logic/message_format.js";

/** The page's language, in which numbers and times are written too. */
export const locale = document.documentElement.lang || "en";

const sentences = new Map();

/** Learn every sentence that the page's template brought, in the page's language. */
export function learn(template) {
  for (const { dataset, textContent } of template.content.children) {
    sentences.set(dataset.word, textContent.trim());
  }
}

export function say(key, values) {
  return fill(sentences.get(key) ?? "", values);
}

export function sayCount(key, count) {
  const one = counted(key, count, locale);
  return say(sentences.has(one) ? one : `${key}.other`, { count });
}
