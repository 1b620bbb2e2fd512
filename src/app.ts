import { Hono } from "hono";
import { accepts } from "hono/accepts";
import { requestId } from "hono/request-id";
import { DEFAULT_TENANT_ID } from "./core/tenant/tenant.ts";
import type { AppEnv } from "./http/app-env.ts";
import { health } from "./http/health.ts";
import { LiteralFirstRouter } from "./http/literal-first-router.ts";
import { recordRequests } from "./http/record-requests.ts";
import { requesterOf } from "./http/requester.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { mailEvents } from "./mail-events/index.ts";
import { oauth } from "./oauth/index.ts";
import { isForPrograms } from "./oauth/paths.ts";
import { refuseLikeOAuth } from "./oauth/refusal.ts";
import { errorPage } from "./pages/frame/error-page.tsx";
import { pages } from "./pages/index.ts";
import { mailbox } from "./pages/mailbox.tsx";
import type { Service } from "./ports.ts";
import { reference } from "./reference/index.ts";
import { tables } from "./surfaces/index.ts";
import { mount } from "./surfaces/mount.ts";
import { refuseUnrouted } from "./surfaces/unrouted.ts";

/** A browser asks for a page; whatever does not say is a program. */
const WEB = {
  header: "Accept" as const,
  supports: ["application/json", "text/html"],
  default: "application/json",
};

/** Everything the service answers to, in the order in which it is asked. */
export function createApp(service: Service): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ router: new LiteralFirstRouter() });

  const records = { logOneIn: service.settings.logOneIn, analytics: service.analytics };
  app.use(requestId({ headerName: "" }), recordRequests(records), securityHeaders());
  app.use(async (http, next) => {
    http.set("ports", service.ports);
    http.set("tenantId", DEFAULT_TENANT_ID);
    http.set("requester", requesterOf(http.req));
    await next();
  });
  refuseUnrouted(app, tables, (http, refused) =>
    accepts(http, WEB) === "text/html" && !isForPrograms(http.req.path)
      ? errorPage(http, refused)
      : refuseLikeOAuth(http, refused),
  );

  for (const surface of tables) {
    mount(app, surface);
  }
  app.route("/", oauth(service.settings, service.signingKeys));
  app.route("/", health(service.probes));
  app.route("/", mailEvents(service.isSignedByMailProvider));
  app.route("/", reference());
  app.route("/", pages(service.settings));
  if (service.mailbox) {
    app.route("/", mailbox(service.mailbox));
  }

  return app;
}
