import fc from "fast-check";

/** Stands in what is sent, and must not become markup, a header, a line of a log or part of a refusal. */
export const MARK = "x-mark";

/** Texts that have broken something somewhere. */
const NOTORIOUS = [
  ...["", " ", "\0", `a\0${MARK}`, "\t", "\r\n", "\u007f", "\u0085", "\u2028", "\ufeff", "\ufffe"],
  ...["\ud800", `\udfff${MARK}\ud800`, "\u202e", "\u200d", "a\u0301", "İ", "ß", "ﬀ", "ﷺ", "🏴‍☠️"],
  ...[`<${MARK}>`, `"><${MARK} a='`, `' ${MARK}='1`, `" ${MARK}="1`, `</title><${MARK}>`],
  ...[
    `</script><${MARK}>`,
    `<!--${MARK}`,
    `]]><${MARK}>`,
    `&lt;${MARK}&gt;`,
    `javascript:${MARK}()`,
  ],
  ...[`\r\n${MARK}: 1`, `\r\n\r\n<${MARK}>`, `a\r\nset-cookie: ${MARK}=1`, `\n${MARK}`],
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "toJSON"],
  ...[`' OR 1=1 --${MARK}`, `\`${MARK}\``, `\${${MARK}}`, `{{${MARK}}}`, `%s%n${MARK}`, "$where"],
  ...["%", "%00", "%zz", "%ed%a0%80", "%c0%ae", "%252e", "../..", "..\\..", "/", "//evil.example"],
  ...["null", "undefined", "NaN", "true", "0", "-0", "-1", "1e400", "0x10", "9007199254740993"],
  ...["٣", "1|x", "a.b.c", ".", "..", "...", "=", "&", "+", ",", ";", ":", "|", "\\", '"', "'"],
];

/** A text that somebody means harm with, or that a machine put out of order. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NOTORIOUS) },
  { weight: 1, arbitrary: random("binary") },
  { weight: 1, arbitrary: random("grapheme") },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...NOTORIOUS), random("binary-ascii"))
      .map(([a, b]) => a + b),
  },
  { weight: 1, arbitrary: long([200, 1025, 2049, 9000]) },
);

function random(unit: "binary" | "binary-ascii" | "grapheme"): fc.Arbitrary<string> {
  return fc.string({ unit, maxLength: 20 }).map((text) => text.replaceAll("‹", ""));
}

/** A text of one of these lengths, written short. */
export function long(lengths: readonly number[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom("a", "🦦", "%", '"', "\\", "A", "=", "\0"), fc.constantFrom(...lengths))
    .map(([text, times]) => `‹${text}*${times}›`);
}

/** What a case says by name, so that it can be read and found again: a token, a cookie. */
export type Known = Readonly<Record<string, string>>;

/** Puts what is known in place of its `‹name›`, and `‹text*times›` in full. */
export function unfold(text: string, known: Known): string {
  return text.replace(/‹([^›]*)›/g, (_, name: string) => {
    const [, repeated = "", times] = name.match(/^(.+)\*(\d+)$/s) ?? [];
    const value = times === undefined ? known[name] : repeated.repeat(Number(times));
    if (value === undefined) {
      throw new Error(`nothing is known as ${name}`);
    }
    return value;
  });
}

/** A part of a form or a query. A lone surrogate has no form: it becomes bytes that are no UTF-8. */
export function percentEncoded(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : text.replace(/\p{Surrogate}|[^\p{Surrogate}]+/gu, (part) =>
        part.isWellFormed() ? encodeURIComponent(part) : "%ed%a0%80",
      );
}
