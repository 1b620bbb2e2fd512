import type { HonoRequest } from "hono";
import type { Refused } from "../core/refused.ts";
import { repeatedName } from "../http/repeated-name.ts";
import { readForm } from "./form.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import { FORM, mediaType } from "./media-type.ts";
import { namesInQuery } from "./names-in-query.ts";

/** What a request says under each name. In a form all of it is text, in JSON it may be anything. */
export type Parameters = ReadonlyMap<string, readonly unknown[]>;

/** RFC 8707 §2: the only one that may be there more than once. */
export const REPEATED = "resource";
/** Query strings stand in logs and histories. RFC 9700 §4.3.2. */
const NEVER_IN_QUERY = [
  "access_token",
  "client_assertion",
  "client_secret",
  "code",
  "code_verifier",
  "device_code",
  "password",
  "refresh_token",
  "token",
];

/**
 * The parameters of a request to an OAuth endpoint: a form in UTF-8, where `json` says so a JSON object
 * too. Each stands there once, and one without a value is not there. RFC 6749 §3.1, §3.2.
 */
export async function readParameters(
  request: HonoRequest,
  { json = false }: { json?: boolean } = {},
): Promise<Parameters | Refused<"invalid_request">> {
  if (namesInQuery(request).some((name) => NEVER_IN_QUERY.includes(name))) {
    return invalidParameter("query", "must not carry credentials");
  }
  const type = mediaType(request);
  const isJson = json && type === "application/json";
  if (!isJson && type !== FORM) {
    return invalidParameter(
      "Content-Type",
      `must be ${json ? `${FORM} or application/json` : FORM}`,
    );
  }
  const said = decoded(await request.arrayBuffer(), isJson ? saidInJson : saidInForm);
  if (!said) {
    return invalidParameter("body", `must be ${isJson ? "a JSON object" : "a form"} in UTF-8`);
  }
  if (said.hasTwice) {
    return invalidParameter("body", "must have no parameter twice");
  }
  return new Map(
    [...said.values].map(([name, all]) => [name, all.filter((value) => value !== "")]),
  );
}

interface Said {
  values: ReadonlyMap<string, readonly unknown[]>;
  /** A parameter is there twice that may not be. */
  hasTwice: boolean;
}

function decoded(body: ArrayBuffer, read: (text: string) => Said | null): Said | null {
  try {
    return read(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    return null;
  }
}

function saidInForm(text: string): Said {
  const grouped = Map.groupBy(readForm(text), ([name]) => name);
  const values = new Map([...grouped].map(([name, all]) => [name, all.map(([, value]) => value)]));
  const hasTwice = [...values].some(([name, all]) => all.length > 1 && name !== REPEATED);
  return { values, hasTwice };
}

/** Several resources are a list. A name that is there twice is none: `JSON.parse` would keep the last. */
function saidInJson(text: string): Said | null {
  const said: unknown = JSON.parse(text);
  if (said === null || typeof said !== "object" || Array.isArray(said)) {
    return null;
  }
  const values = Object.entries(said).map(([name, value]): [string, unknown[]] =>
    name === REPEATED && Array.isArray(value) ? [name, value] : [name, [value]],
  );
  return { values: new Map(values), hasTwice: repeatedName(text) !== null };
}
