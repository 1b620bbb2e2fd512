import type { Ask } from "../load/contender.ts";

/** A request with a JSON body. */
export function postJson(path: string, body: object, headers: Record<string, string> = {}): Ask {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** A request with a form, as OAuth has them. */
export function postForm(path: string, fields: Record<string, string>): Ask {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  };
}

export function getWithBearer(path: string, token: string): Ask {
  return { method: "GET", path, headers: { authorization: `Bearer ${token}` } };
}

/** A field of a JSON answer, which must be a text. */
export function textIn(body: string, ...path: readonly string[]): string {
  const value = path.reduce((part, name) => part?.[name], JSON.parse(body));
  if (typeof value !== "string") {
    throw new TypeError(`no ${path.join(".")} in ${body.slice(0, 300)}`);
  }
  return value;
}
