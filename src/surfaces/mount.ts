import type { Hono, Context as HttpContext } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Operation, operations } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import { type CallerReason, type FieldIssue, type Reason, Refused } from "../core/refused.ts";
import { identifyByAccessToken, identifyByPageCookie } from "../core/session/identify.ts";
import type { Caller } from "../core/session/session.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { failure } from "../http/failure.ts";
import { BODY_MAX_BYTES, readJson } from "../http/json-body.ts";
import { readPageCookie } from "../http/page-cookie.ts";
import { isSameOrigin } from "../http/same-origin.ts";
import type { AnyRoute, Surface } from "./surface.ts";

type Http = HttpContext<AppEnv>;
type AnyOperation = (context: Context, input: object) => Promise<unknown>;

/** Serves a contract. The only code that stands between a contract's tables and HTTP. */
export function mount(app: Hono<AppEnv>, surface: Surface): void {
  const limit = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (http) => refuse(http as Http, surface, new Refused("body_too_large")),
  });
  for (const [name, route] of Object.entries(surface.routes)) {
    const [method, path] = route[0].split(" ") as [string, string];
    app.on(method, path, limit, (http) => serve(http, surface, name as Operation, route));
  }
}

async function serve(http: Http, surface: Surface, name: Operation, route: AnyRoute) {
  const [, , , status, reply] = route;
  http.var.log.operation = name;
  const output = await run(http, surface, name, route).catch((error) => failure(http, error));
  if (output instanceof Refused) {
    return refuse(http, surface, output);
  }
  http.var.log.contract = surface.terms.contract;
  const { body, headers } = reply(output as never, surface.terms);
  return http.json(body, status, { "cache-control": "no-store", ...headers });
}

async function run(http: Http, { terms }: Surface, name: Operation, route: AnyRoute) {
  const [, audience, request] = route;
  const context = contextOf(http, terms);
  const caller = audience === "anyone" ? null : await identify(http, context, audience);
  if (caller instanceof Refused) {
    return caller;
  }
  const json = await readJson(http.req);
  if (json instanceof Refused) {
    return json;
  }
  const parsed = request.safeParse(json);
  if (!parsed.success) {
    return new Refused("invalid_request", { fields: parsed.error.issues.map(fieldIssue) });
  }
  const operation = operations[name] as unknown as AnyOperation;
  return operation(context, caller ? { ...parsed.data, caller } : parsed.data);
}

/** A Bearer header decides alone: a bad one is never made up for by a cookie. */
async function identify(
  http: Http,
  context: Context,
  audience: "bearer" | "bearer or page",
): Promise<Caller | Refused<CallerReason>> {
  const authorization = http.req.header("authorization");
  if (authorization !== undefined) {
    const token = authorization.match(/^Bearer +(\S+)$/i)?.[1];
    const caller = token ? await identifyByAccessToken(context, token) : null;
    return caller ?? new Refused("access_token_invalid");
  }
  const { publicUrl } = context.settings;
  const cookie = audience === "bearer or page" ? readPageCookie(http, publicUrl) : null;
  if (!cookie) {
    return new Refused("unauthenticated");
  }
  if (!isSameOrigin(http.req, publicUrl)) {
    return new Refused("cross_site");
  }
  return (await identifyByPageCookie(context, cookie)) ?? new Refused("unauthenticated");
}

/** Says no in the words and the envelope of a contract. */
export function refuse(http: Http, surface: Surface, refused: Refused): Response {
  http.var.log.contract = surface.terms.contract;
  http.var.log.reason = refused.reason;
  const wording = surface.refusals[refused.reason as keyof Surface["refusals"]];
  const { body, headers } = surface.refuse(wording, refused, http.var.ports.clock.now());
  return http.json(body, wording[0], {
    "cache-control": "no-store",
    ...retryAfter(refused),
    ...challenge(refused.reason),
    ...headers,
  });
}

function retryAfter({ comeBack }: Refused): Record<string, string> {
  return comeBack ? { "retry-after": String(comeBack.retryAfterSeconds) } : {};
}

/** RFC 6750 §3: no error for who sent nothing, a name for it otherwise. */
const CHALLENGES: Partial<Record<Reason, string>> = {
  unauthenticated: "Bearer",
  access_token_invalid: 'Bearer error="invalid_token"',
  insufficient_scope: 'Bearer error="insufficient_scope"',
};

function challenge(reason: Reason): Record<string, string> {
  const scheme = CHALLENGES[reason];
  return scheme ? { "www-authenticate": scheme } : {};
}

function fieldIssue(issue: { path: PropertyKey[]; message: string }): FieldIssue {
  const field = issue.path.join(".");
  return field ? { field, issue: issue.message } : { field: "body", issue: "must be an object" };
}
