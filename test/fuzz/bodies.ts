import fc from "fast-check";
import { hostileText, long, MARK } from "./texts.ts";

/** A body as a case shows it. Bytes are in hex. */
export type Body = { text: string } | { hex: string } | { form: Pairs };
export type Pairs = readonly (readonly [name: string, value: string])[];

/** Written as it stands, where JSON would change it. */
const RAW_NUMBERS = ["1e999", "-1e999", "1E-999", "123456789012345678901234567890", "-0", "0.1e1"];
/** What a name of any object is, without being a field. */
const INHERITED = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "toJSON"];

/** JSON text that is no value which any field is about to get. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: hostileText.map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.constantFrom("null", "true", "false", "0", "-1", ...RAW_NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom("[]", "{}", "[[]]", '[""]', `["${MARK}"]`, "[null]") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[`{"__proto__":{"${MARK}":1}}`, '{"toString":1}', '{"length":1}', '{"$ne":null}'],
      ...['{"then":1}', '{"constructor":{"prototype":{}}}', `{"": "${MARK}"}`],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(40, 400, 20_000).map((n) => `‹[*${n}›‹]*${n}›`) },
  { weight: 1, arbitrary: fc.constantFrom(400, 5000).map((n) => `‹{"a":*${n}›1‹}*${n}›`) },
  { weight: 1, arbitrary: fc.json().map((json) => json.replaceAll("‹", "")) },
);

/** JSON around the fields of a request that fits: some of them other, gone, twice or one too many. */
export function jsonBodies(fitting: fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  const fits = fitting.map(fieldsOf);
  return fc.oneof(
    { weight: 4, arbitrary: fits.map(objectOf).map((text) => ({ text })) },
    {
      weight: 7,
      arbitrary: mutated(fits)
        .map(objectOf)
        .map((text) => ({ text })),
    },
    { weight: 2, arbitrary: damaged(fits.map(objectOf)) },
    { weight: 1, arbitrary: hostileJson.map((text) => ({ text })) },
    { weight: 1, arbitrary: odd },
  );
}

/** The same as a form. */
export function formBodies(fitting: fc.Arbitrary<Pairs>): fc.Arbitrary<Body> {
  return fc.oneof(
    { weight: 4, arbitrary: fitting.map((form) => ({ form })) },
    { weight: 7, arbitrary: mutatedPairs(fitting).map((form) => ({ form })) },
    { weight: 1, arbitrary: odd },
  );
}

/** Names with hostile values, some of them among those of a request that fits. */
export function mutatedPairs(fitting: fc.Arbitrary<Pairs>): fc.Arbitrary<Pairs> {
  return changed(fitting, hostileText) as fc.Arbitrary<Pairs>;
}

type Fields = readonly (readonly [name: string, json: string])[];

function fieldsOf(value: unknown): Fields {
  return Object.entries((value ?? {}) as object)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => [name, JSON.stringify(field)]);
}

function objectOf(fields: Fields): string {
  return `{${fields.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join()}}`;
}

function mutated(fits: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> {
  return changed(fits, hostileJson);
}

type Entry = readonly [name: string, value: string];

/** One to three changes of some pairs, by values of a kind. */
function changed(
  pairs: fc.Arbitrary<readonly Entry[]>,
  values: fc.Arbitrary<string>,
): fc.Arbitrary<readonly Entry[]> {
  const change = fc.record({
    how: fc.constantFrom("other", "other", "other", "gone", "twice", "inherited", "unknown"),
    at: fc.nat(20),
    name: fc.oneof(fc.constantFrom(...INHERITED, MARK, ""), hostileText),
    value: values,
  });
  return fc
    .tuple(pairs, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([whole, changes]) => changes.reduce(withChange, whole));
}

interface Change {
  how: string;
  at: number;
  name: string;
  value: string;
}

function withChange(pairs: readonly Entry[], { how, at, name, value }: Change): readonly Entry[] {
  const index = pairs.length === 0 ? -1 : at % pairs.length;
  const own = pairs[index];
  if (!own || how === "inherited" || how === "unknown") {
    return [...pairs, [name, value]];
  }
  switch (how) {
    case "gone":
      return pairs.toSpliced(index, 1);
    case "twice":
      return [...pairs, [own[0], value]];
    default:
      return pairs.with(index, [own[0], value]);
  }
}

/** Text with a hole in it, or something in it that does not belong there. */
function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<Body> {
  const junk = fc.constantFrom("", "", "{", "\\", '"', "\0", "\ufeff", "}", ",", "//", "NaN");
  return fc.tuple(texts, fc.nat(200), fc.nat(3), junk).map(([text, at, length, inserted]) => {
    const start = text.length === 0 ? 0 : at % text.length;
    // What is known stays whole: half a name of it would be nothing.
    const whole = text.slice(start, start + length).includes("‹") ? 0 : length;
    const inName = text.lastIndexOf("‹", start - 1) > text.lastIndexOf("›", start - 1);
    return inName
      ? { text: text + inserted }
      : { text: text.slice(0, start) + inserted + text.slice(start + whole) };
  });
}

/** Bodies that have nothing to do with what is asked. */
const odd: fc.Arbitrary<Body> = fc.oneof(
  hostileText.map((text) => ({ text })),
  long([16_385, 65_536, 65_537, 1_048_576]).map((text) => ({ text })),
  fc.constantFrom(16_384, 65_536, 1_048_576).map((n) => ({ text: `{"email":"‹x*${n}›"}` })),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => ({ hex: bytes.toHex() })),
  fc
    .constantFrom("ff", "c0af", "eda080", "f4908080", "efbbbf", "00", "fffe")
    .map((hex) => ({ hex: `7b22656d61696c223a22${hex}227d` })),
);
