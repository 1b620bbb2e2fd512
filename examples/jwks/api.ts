import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
// In your own project: "latchkey/verify".
import type { VerifiedToken, VerifyAccessToken } from "../../client/verify.ts";

interface Route {
  /** Null lets in whoever has a good token. */
  scope: string | null;
  reply(caller: VerifiedToken): object;
}

interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: object;
}

const REALM = "example-jwks";

const routes: Readonly<Record<string, Route>> = {
  "/me": { scope: null, reply: ({ subject, clientId, scopes }) => ({ subject, clientId, scopes }) },
  "/profile": { scope: "profile:read", reply: ({ subject }) => ({ subject }) },
};

/** The API: who brings no good token gets no further than `answer`. */
export function createApi(verify: VerifyAccessToken): Server {
  return createServer(async (request, response) => {
    send(
      response,
      await answer(request, verify).catch((error: unknown) => {
        console.error("Could not answer:", error);
        // Whether the token is good is unknown: nobody is let in, and nobody is told that it is bad.
        return {
          status: 503,
          headers: { "retry-after": "2" },
          body: { error: "temporarily_unavailable" },
        };
      }),
    );
  });
}

async function answer(request: IncomingMessage, verify: VerifyAccessToken): Promise<Answer> {
  const path = URL.parse(request.url ?? "", "http://localhost")?.pathname ?? "";
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route || request.method !== "GET") {
    return { status: 404, body: { error: "not_found" } };
  }
  // RFC 6750 §2.1: the header alone, so that no log or history keeps a token.
  const [scheme, token, ...rest] = request.headers.authorization?.split(/ +/) ?? [];
  if (scheme?.toLowerCase() !== "bearer") {
    return refusal(401, {});
  }
  if (!token || rest.length > 0) {
    return refusal(400, { error: "invalid_request" });
  }
  const caller = await verify(token);
  if (!caller) {
    return refusal(401, { error: "invalid_token" });
  }
  if (route.scope !== null && !caller.scopes?.includes(route.scope)) {
    return refusal(403, { error: "insufficient_scope", scope: route.scope });
  }
  return { status: 200, body: route.reply(caller) };
}

/** RFC 6750 §3; who sent nothing is told no error (§3.1). */
function refusal(status: number, said: { error?: string; scope?: string }): Answer {
  const challenge = Object.entries({ realm: REALM, ...said }).map(
    ([name, value]) => `${name}="${value}"`,
  );
  return {
    status,
    headers: { "www-authenticate": `Bearer ${challenge.join(", ")}` },
    body: { error: said.error ?? "unauthorized" },
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response
    .writeHead(status, {
      ...headers,
      "content-type": "application/json",
      "cache-control": "no-store",
    })
    .end(JSON.stringify(body));
}
