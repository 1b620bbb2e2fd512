import type * as z from "zod";

const KNOWN = 'docs/moving.md lists them under "Our own lines"';
const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  object: "an object",
  record: "an object",
  array: "a list",
};
const FORMATS: Readonly<Record<string, string>> = {
  email: "must be an e-mail address",
  uuid: "must be a UUID",
};

/** What is wrong with a field of a line, where its schema says it in no words of its own. Quotes no value. */
export function issueWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is missing"
        : `must be ${TYPES[String(issue["expected"])] ?? "of another type"}`;
    case "too_big":
      return `must ${atMost(String(issue["origin"]), Number(issue["maximum"]))}`;
    case "too_small":
      return `must be at least ${issue["minimum"]}`;
    case "invalid_format":
      return FORMATS[String(issue["format"])] ?? "has a length or characters that it cannot have";
    case "invalid_value":
      return `must be ${(issue["values"] as string[]).join(" or ")}`;
    case "unrecognized_keys":
      return `has ${(issue["keys"] as string[]).map((key) => JSON.stringify(key)).join(" and ")}, which is not a field that an import takes: ${KNOWN}`;
    default:
      return "is not what it has to be";
  }
}

function atMost(origin: string, maximum: number): string {
  const what = origin === "array" ? "entries" : origin === "string" ? "characters" : null;
  return what === null ? `be at most ${maximum}` : `have at most ${maximum} ${what}`;
}
