import type { HonoRequest } from "hono";
import type { Refused } from "../core/refused.ts";
import { type Pair, readForm } from "./form.ts";
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
  const pairs = decoded(await request.arrayBuffer(), isJson ? readObject : readForm);
  if (!pairs) {
    return invalidParameter("body", `must be ${isJson ? "a JSON object" : "a form"} in UTF-8`);
  }
  const grouped = Map.groupBy(pairs, ([name]) => name);
  if ([...grouped].some(([name, all]) => all.length > 1 && name !== REPEATED)) {
    return invalidParameter("body", "must have no parameter twice");
  }
  return new Map([...grouped].map(([name, all]) => [name, valuesOf(all)]));
}

function decoded(body: ArrayBuffer, read: (text: string) => Pair[] | null): Pair[] | null {
  try {
    return read(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    return null;
  }
}

function readObject(text: string): Pair[] | null {
  const said: unknown = JSON.parse(text);
  if (said === null || typeof said !== "object" || Array.isArray(said)) {
    return null;
  }
  return Object.entries(said).flatMap(([name, value]): Pair[] =>
    name === REPEATED && Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]],
  );
}

function valuesOf(pairs: readonly Pair[]): unknown[] {
  return pairs.map(([, value]) => value).filter((value) => value !== "");
}
