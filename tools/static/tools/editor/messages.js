import { makePluralKey, fillPlaceholders } from "../logic/message_format.js";

/** The page's language, in which numbers and times are written too. */
export const locale = document.documentElement.lang || "en";

const sentences = new Map();

/** Learn every sentence that the page's template brought, in the page's language. */
export function loadMessages(template) {
  for (const { dataset, textContent } of template.content.children) {
    sentences.set(dataset.word, textContent.trim());
  }
}

export function getMessage(key, values) {
  return fillPlaceholders(sentences.get(key) ?? "", values);
}

export function getCountMessage(key, count) {
  const one = makePluralKey(key, count, locale);
  return getMessage(sentences.has(one) ? one : `${key}.other`, { count });
}
