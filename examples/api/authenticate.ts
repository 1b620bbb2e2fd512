import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { AuthService, VerifiedKey, VerifiedToken } from "../../src/rpc/auth-service.ts";

export interface Bindings {
  AUTH: AuthService;
  RESOURCE: string;
}

const REALM = "example-api";
const RETRY_AFTER_SECONDS = "2";

type Bearer<Caller> = { Bindings: Bindings; Variables: { caller: Caller } };

/** Lets callers in whose access token is good now, is for this API and, where named, has the scope. */
export function requireToken(scope?: string) {
  return createMiddleware<Bearer<VerifiedToken>>(async (http, next) => {
    const { AUTH, RESOURCE } = http.env;
    // Without an audience, tokens for Latchkey itself would pass.
    const ask = (token: string) => AUTH.verify(token, { audience: RESOURCE });
    http.set("caller", await authenticate(http, ask, scope));
    await next();
  });
}

/** Lets callers in whose API key is good now and, where named, has the scope. */
export function requireApiKey(scope?: string) {
  return createMiddleware<Bearer<VerifiedKey>>(async (http, next) => {
    const ask = async (key: string) => {
      const verified = await http.env.AUTH.verifyKey(key);
      return verified?.kind === "api" ? verified : null;
    };
    http.set("caller", await authenticate(http, ask, scope));
    await next();
  });
}

/** RFC 6750 §2.1: the header alone, so that no log or history keeps a token. */
async function authenticate<Caller extends { scopes: string[] | null }>(
  http: Context,
  ask: (credential: string) => Promise<Caller | null>,
  scope: string | undefined,
): Promise<Caller> {
  const [scheme, credential, ...rest] = http.req.header("authorization")?.split(/ +/) ?? [];
  if (scheme?.toLowerCase() !== "bearer") {
    // Who sent nothing is told no error: RFC 6750 §3.1.
    throw refusal(401, {});
  }
  if (!credential || rest.length > 0) {
    throw refusal(400, { error: "invalid_request" });
  }
  const caller = await ask(credential).catch((error: unknown) => {
    console.error("Latchkey did not answer:", error);
    throw away();
  });
  if (!caller) {
    throw refusal(401, { error: "invalid_token" });
  }
  // A full sign-in is held to no scopes.
  if (scope !== undefined && caller.scopes !== null && !caller.scopes.includes(scope)) {
    throw refusal(403, { error: "insufficient_scope", scope });
  }
  return caller;
}

/** RFC 6750 §3. */
function refusal(status: 400 | 401 | 403, said: Readonly<Record<string, string>>): HTTPException {
  const challenge = Object.entries({ realm: REALM, ...said }).map(
    ([name, value]) => `${name}="${value}"`,
  );
  return answer(status, said.error ?? "unauthorized", {
    "www-authenticate": `Bearer ${challenge.join(", ")}`,
  });
}

/** Whether the token is good is unknown: nobody is let in, and nobody is told that it is bad. */
function away(): HTTPException {
  return answer(503, "temporarily_unavailable", { "retry-after": RETRY_AFTER_SECONDS });
}

function answer(
  status: 400 | 401 | 403 | 503,
  error: string,
  headers: Readonly<Record<string, string>>,
): HTTPException {
  const noStore = { ...headers, "cache-control": "no-store" };
  return new HTTPException(status, { res: Response.json({ error }, { status, headers: noStore }) });
}
