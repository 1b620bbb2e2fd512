import { Hono } from "hono";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import type { AuthService } from "../../../src/rpc/auth-service.ts";

interface Bindings {
  AUTH: AuthService;
  LATCHKEY: Fetcher;
}

/** An API of one's own behind Latchkey, which lets callers in the ways that docs/oauth.md names. */
const app = new Hono<{ Bindings: Bindings }>();

const tokenOf = (header: string | undefined) => header?.slice("Bearer ".length) ?? "";

app.get("/rpc", async (http) => {
  const verified = await http.env.AUTH.verify(tokenOf(http.req.header("authorization")));
  return http.json({ subject: verified?.subject });
});

app.get("/rpc-offline", async (http) => {
  const verified = await http.env.AUTH.verifyOffline(tokenOf(http.req.header("authorization")));
  return http.json({ subject: verified?.subject });
});

let keys: ReturnType<typeof createLocalJWKSet> | undefined;

app.get("/jwks", async (http) => {
  keys ??= await readKeys(http.env.LATCHKEY);
  const token = tokenOf(http.req.header("authorization"));
  const { payload } = await jwtVerify(token, keys, { typ: "at+jwt" });
  return http.json({ subject: payload.sub });
});

/** The rest is Latchkey's own, such as to sign in. */
app.all("*", (http) => http.env.LATCHKEY.fetch(http.req.raw));

async function readKeys(latchkey: Fetcher) {
  const answer = await latchkey.fetch("https://auth.example.com/.well-known/jwks.json");
  return createLocalJWKSet(await answer.json<JSONWebKeySet>());
}

export default app;
