import { Hono } from "hono";
import { accessTokenVerifier } from "../../../client/guard/access-token-verifier.ts";
import type { AuthService } from "../../../src/rpc/auth-service.ts";
import { API, LATCHKEY_URL } from "./addresses.ts";

interface Bindings {
  AUTH: AuthService;
  LATCHKEY: Fetcher;
}

/** An API of one's own behind Latchkey, which lets callers in the ways that docs/oauth.md names. */
const app = new Hono<{ Bindings: Bindings }>();

const audience = { audience: API };
const tokenOf = (header: string | undefined) => header?.slice("Bearer ".length) ?? "";

app.get("/rpc", async (http) => {
  const token = tokenOf(http.req.header("authorization"));
  const verified = await http.env.AUTH.verify(token, audience);
  return http.json({ subject: verified?.subject });
});

app.get("/rpc-offline", async (http) => {
  const token = tokenOf(http.req.header("authorization"));
  const verified = await http.env.AUTH.verifyOffline(token, audience);
  return http.json({ subject: verified?.subject });
});

/** As `latchkey/verify` has it. What it fetches is Latchkey's own, see start.ts. */
const verifyAccessToken = accessTokenVerifier({ issuer: LATCHKEY_URL, ...audience });

app.get("/jwks", async (http) => {
  const verified = await verifyAccessToken(tokenOf(http.req.header("authorization")));
  return http.json({ subject: verified?.subject });
});

/** The rest is Latchkey's own, such as to sign in. */
app.all("*", (http) => http.env.LATCHKEY.fetch(http.req.raw));

export default app;
