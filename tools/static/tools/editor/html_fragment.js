/**
 * A piece of a page from our own server, as nodes. The one place where text becomes markup: the
 * browser holds every other one shut (Trusted Types).
 */
const policy = globalThis.trustedTypes?.createPolicy("packshot", { createHTML: (text) => text });

export function parseHtml(text) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(text) : text;
  return template.content;
}
