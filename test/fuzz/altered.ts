import fc from "fast-check";
import { hostileText, unfold } from "./texts.ts";

/** One way to make another text of a text. */
export interface Alteration {
  how: string;
  at: number;
  text: string;
}

type Way = (text: string, at: number, other: string) => string;

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const WAYS: Readonly<Record<string, Way>> = {
  "another character": (text, at, other) =>
    text.slice(0, at) + other.slice(0, 1) + text.slice(at + 1),
  // The one that differs least: behind whole bytes it may change none of them.
  "the next character": withNext,
  "the next last character": (text) => withNext(text, text.length - 1),
  "another case": (text, at) => {
    const one = text.charAt(at);
    return (
      text.slice(0, at) +
      (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()) +
      text.slice(at + 1)
    );
  },
  "cut off behind": (text, at) => text.slice(0, at),
  "cut off in front": (text, at) => text.slice(at),
  "a character less": (text, at) => text.slice(0, at) + text.slice(at + 1),
  "something more": (text, at, other) => text.slice(0, at) + other + text.slice(at),
  "something behind": (text, _, other) => text + other,
  "something in front": (text, _, other) => other + text,
  "its ends changed over": (text, at) => text.slice(at) + text.slice(0, at),
  "twice over": (text) => text + text,
  "the other alphabet": (text) => text.replaceAll("-", "+").replaceAll("_", "/"),
  "something else": (_text, _at, other) => other,
};

function withNext(text: string, at: number): string {
  const next = BASE64URL.charAt((BASE64URL.indexOf(text.charAt(at)) + 1) % BASE64URL.length);
  return text.slice(0, at) + next + text.slice(at + 1);
}

export const alterations: fc.Arbitrary<Alteration> = fc.record({
  how: fc.constantFrom(...Object.keys(WAYS)),
  at: fc.nat(4000),
  text: fc.oneof(
    { weight: 3, arbitrary: hostileText },
    {
      weight: 1,
      arbitrary: fc.constantFrom("=", "==", ".", "A", "AA", " ", "\n", "_", "+", "‹A*9000›"),
    },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...BASE64URL), maxLength: 200 }) },
  ),
});

export function altered(text: string, { how, at, text: other }: Alteration): string {
  const change = WAYS[how];
  if (!change) {
    throw new Error(`there is no way to make ${how}`);
  }
  return change(text, text.length === 0 ? 0 : at % text.length, unfold(other, {}));
}
