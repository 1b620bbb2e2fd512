/** What is different every time, by its form: anything that does not fit stays as it is. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b[\w.+-]+(@|%40)[\w.-]+\.(test|example)\b/g, "<address>"],
  [/\$?pbkdf2[^\s,]*/g, "<hash>"],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
  [/\b\d+ \w+ \d{4} at \d\d:\d\d UTC/g, "<time>"],
  [/\b\d{1,2} \w+ \d{4}\b/g, "<day>"],
  [/\b198\.1[89]\.\d+\.\d+\b/g, "<network address>"],
  [/\bwhsec_[\w+/=]+/g, "<secret>"],
  // Ids, tokens, digests and secrets: whatever is long and has no spaces.
  [/[\w.+/=|~-]*(?=[\w-]*[0-9A-Z])[\w-]{20,}[\w.+/=|~-]*/g, "<random>"],
  [/\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/g, "<secret>"],
  [/\b[2-9a-z]{5}-[2-9a-z]{5}\b/g, "<recovery code>"],
  [/\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b/g, "<user code>"],
  [/\bt-[0-9a-f]{8}-[0-9a-f]{4}\b/g, "<tenant>"],
  [/\b(plnx|lnchr)_(live_)?\w+/g, "<key>"],
  [/\b\d{7,}\b/g, "<number>"],
];

/** The same with every text in it redacted, however deep. */
export function redact(value: unknown): unknown {
  if (typeof value === "string") {
    return FORMS.reduce((text, [form, name]) => text.replace(form, name), value);
  }
  if (typeof value === "number") {
    return value > 1_000_000 ? "<number>" : value;
  }
  if (Array.isArray(value)) {
    return value.map(redact);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redact(inner)]));
}
