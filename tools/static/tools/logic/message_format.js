/** Put values into a sentence: fillPlaceholders("{share} of {size}", {share: "40 %", size: "2 MB"}). */
export function fillPlaceholders(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
}

/** The key of a counted sentence: "attempts.one", "attempts.other", by the language's own rules. */
export function makePluralKey(key, count, locale) {
  return `${key}.${new Intl.PluralRules(locale).select(count)}`;
}
