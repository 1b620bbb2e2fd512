import { HTTPException } from "hono/http-exception";

type Challenge = Readonly<{ error?: string; error_description?: string; scope?: string }>;

const RETRY_AFTER_SECONDS = "2";

/**
 * A refusal by RFC 6750 §3. It is thrown: Hono answers with it, unless the app's `onError` has words of
 * its own. Who sent nothing is told no error (§3.1).
 */
export function refusal(
  status: 400 | 401 | 403,
  realm: string | undefined,
  said: Challenge,
): HTTPException {
  const named = Object.entries({ ...(realm !== undefined && { realm }), ...said });
  const challenge = named.map(([name, value]) => `${name}="${value}"`).join(", ");
  return answer(status, said.error ?? "unauthorized", {
    "www-authenticate": challenge === "" ? "Bearer" : `Bearer ${challenge}`,
  });
}

/** Whether the credential is good is unknown: nobody is let in, and nobody is told that it is bad. */
export function cannotTell(cause: unknown): HTTPException {
  const headers = { "retry-after": RETRY_AFTER_SECONDS };
  return answer(503, "temporarily_unavailable", headers, cause);
}

function answer(
  status: 400 | 401 | 403 | 503,
  error: string,
  headers: Readonly<Record<string, string>>,
  cause?: unknown,
): HTTPException {
  const noStore = { ...headers, "cache-control": "no-store" };
  const res = Response.json({ error }, { status, headers: noStore });
  return new HTTPException(status, { res, message: error, cause });
}
