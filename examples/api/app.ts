import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { guard } from "../../client/hono.ts"; // In your own project: "latchkey/hono".
import type { Bindings } from "./bindings.ts";

const realm = "example-api";

/** Three routes behind Latchkey. */
export function createApp({ AUTH: binding, RESOURCE: audience }: Bindings): Hono {
  const app = new Hono();

  /** Anybody whose token is for this API. */
  app.get("/me", guard({ binding, audience, realm }), (http) => {
    const { subject, clientId, scopes } = http.var.caller;
    return http.json({ subject, clientId, scopes });
  });

  /** Only with a scope. */
  app.get("/profile", guard({ binding, audience, realm, scopes: ["profile:read"] }), (http) => {
    const { subject, roles } = http.var.caller;
    return http.json({ subject, roles });
  });

  /** For programs that keep an API key. */
  const forKeys = { binding, realm, credential: "api key", scopes: ["profile:read"] } as const;
  app.get("/export", guard(forKeys), (http) => {
    const { accountId, keyId } = http.var.caller;
    return http.json({ accountId, keyId });
  });

  app.onError((error, http) => {
    if (error.cause !== undefined) {
      console.error("Latchkey did not answer:", error.cause);
    }
    if (error instanceof HTTPException) {
      return error.getResponse();
    }
    console.error(error);
    return http.json({ error: "server_error" }, 500);
  });

  return app;
}
