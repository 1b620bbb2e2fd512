import { Hono } from "hono";
import { type Bindings, requireApiKey, requireToken } from "./authenticate.ts";

const app = new Hono<{ Bindings: Bindings }>();

/** Anybody whose token is for this API. */
app.get("/me", requireToken(), (http) => {
  const { subject, clientId, scopes } = http.var.caller;
  return http.json({ subject, clientId, scopes });
});

/** Only with a scope. */
app.get("/profile", requireToken("profile:read"), (http) => {
  const { subject, roles } = http.var.caller;
  return http.json({ subject, roles });
});

/** For programs that keep an API key. */
app.get("/export", requireApiKey("profile:read"), (http) => {
  const { accountId, keyId } = http.var.caller;
  return http.json({ accountId, keyId });
});

export default app;
