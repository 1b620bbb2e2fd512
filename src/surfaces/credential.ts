import type { Context as HttpContext } from "hono";
import { getCookie } from "hono/cookie";
import type { AppEnv } from "../http/app-env.ts";
import { readPageCookie } from "../http/page-cookie.ts";
import type { Surface } from "./surface.ts";

type Http = HttpContext<AppEnv>;

/** What a request brings to prove who sent it. */
export type Credential =
  | { by: "token" | "key" | "session cookie" | "page cookie"; value: string }
  /** An `Authorization` header that is no Bearer token. */
  | { by: "malformed" }
  | { by: "nothing" };

/** Which cookie a row takes beside a header. */
export type TakenCookie = "session cookie" | "page cookie" | null;

/** A Bearer header decides alone: a bad one is never made up for by a key or a cookie. */
export function readCredential(http: Http, surface: Surface, taken: TakenCookie): Credential {
  return (
    fromAuthorization(http, surface) ??
    fromKeyHeader(http, surface) ??
    fromCookie(http, surface, taken) ?? { by: "nothing" }
  );
}

function fromAuthorization(http: Http, { terms }: Surface): Credential | null {
  const header = http.req.header("authorization");
  if (header === undefined) {
    return null;
  }
  const value = header.match(/^Bearer +(\S+)$/i)?.[1];
  if (!value) {
    return { by: "malformed" };
  }
  return { by: terms.keys && value.startsWith(terms.keys.prefix) ? "key" : "token", value };
}

function fromKeyHeader(http: Http, { keyHeader }: Surface): Credential | null {
  const value = keyHeader && http.req.header(keyHeader);
  return value ? { by: "key", value } : null;
}

function fromCookie(http: Http, { sessionCookie }: Surface, taken: TakenCookie): Credential | null {
  const value =
    taken === "page cookie"
      ? readPageCookie(http, http.var.ports.settings.publicUrl)
      : taken && sessionCookie && getCookie(http, sessionCookie);
  return taken && value ? { by: taken, value } : null;
}
