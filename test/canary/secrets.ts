/** Something that must be seen where it is meant to be, and nowhere else. */
export interface Secret {
  kind: string;
  value: string;
  /** Where it came into the world: an answer, a mail, or whoever typed it. */
  from: string;
}

/** A text that was found somewhere: a log, a column of a table, an answer. */
export interface Place {
  where: string;
  text: string;
}

const SIX_DIGITS = /^\d{6}$/;

/** Every secret of a run, each known once, but for six digits: those may be drawn twice. */
export class Secrets {
  readonly #known = new Map<string, Secret>();

  add(kind: string, value: string, from: string): void {
    const drawn = SIX_DIGITS.test(value) ? [value, kind, from].join(" ") : value;
    if (value !== "" && !this.#known.has(drawn)) {
      this.#known.set(drawn, { kind, value, from });
    }
  }

  all(): readonly Secret[] {
    return [...this.#known.values()];
  }

  kinds(): string[] {
    return [...new Set(this.all().map(({ kind }) => kind))].sort();
  }
}

/** What of a secret stands in places, each kind in each place told once. */
export function leaks(secrets: readonly Secret[], places: readonly Place[]): string[] {
  const found = secrets.flatMap((secret) => {
    const isIn = finderOf(secret);
    const origins = secrets.filter(({ value }) => value === secret.value).map(({ from }) => from);
    return places
      .filter(({ where, text }) => !origins.includes(where) && isIn(text))
      .map(({ where }) => `${secret.kind} in ${where}`);
  });
  return [...new Set(found)].sort();
}

/** Six digits are a code only where they stand alone: times and numbers are full of them. */
function finderOf({ value }: Secret): (text: string) => boolean {
  const [spelled, ...encoded] = [value, ...encodings(value), ...tellingParts(value)];
  const isSpelledIn = SIX_DIGITS.test(value)
    ? (text: string) => new RegExp(`(?<!\\w)${value}(?!\\w)`).test(text)
    : (text: string) => text.includes(spelled ?? value);
  return (text) => isSpelledIn(text) || encoded.some((spelling) => text.includes(spelling));
}

/** A token's signature, the secret behind a number or a prefix, and a code's letters are as good as the whole. */
function tellingParts(value: string): string[] {
  const signature = value.match(/^eyJ[\w-]+\.[\w-]+\.([\w-]{80,})$/)?.[1];
  const numbered = value.match(/^\d+\|(\S{20,})$/)?.[1];
  const prefixed = value.match(/^whsec_(.{20,})$/)?.[1];
  const isCode = /^[A-Z]{4}-[A-Z]{4}$|^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{5}$/.test(value);
  const letters = isCode ? value.replaceAll("-", "") : undefined;
  return [signature, numbered, prefixed, letters].filter((part) => part !== undefined);
}

/** Shorter ones stand in other texts by chance. */
const TELLING_LENGTH = 8;

/** In a URL, as hex, and as base64 wherever it begins in what was encoded. */
function encodings(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const hex = bytes.toHex();
  const base64 = [0, 1, 2].flatMap((skipped) => {
    const whole = bytes.slice(skipped, bytes.length - ((bytes.length - skipped) % 3));
    return [whole.toBase64(), whole.toBase64({ alphabet: "base64url" })];
  });
  return [encodeURIComponent(value), hex, hex.toUpperCase(), ...base64].filter(
    (text) => text !== value && text.length >= TELLING_LENGTH,
  );
}
