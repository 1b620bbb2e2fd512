import type { Hono, Context as HttpContext } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import type { ContentfulStatusCode, StatusCode } from "hono/utils/http-status";
import type { AdminCaller } from "../core/admin/admin-caller.ts";
import type { ResourceCaller } from "../core/caller/caller.ts";
import { type Operation, operations } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import { type FieldIssue, type Reason, Refused } from "../core/refused.ts";
import { findTenant } from "../core/tenant/find-tenant.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { failure } from "../http/failure.ts";
import { BODY_MAX_BYTES, readJson } from "../http/json-body.ts";
import { noteCaller } from "../http/server-timing.ts";
import { identify } from "./identify.ts";
import { refuseQuery } from "./refuse-query.ts";
import type { AnyRoute, Reply, Surface, Wording } from "./surface.ts";

type Http = HttpContext<AppEnv>;
interface AnyOperation {
  (context: Context, input: object): Promise<unknown>;
  refuseCaller?(caller: ResourceCaller | AdminCaller): Refused | null;
}
type Row = readonly [operation: Operation, route: AnyRoute];

/** Serves a contract. The only code that stands between a contract's tables and HTTP. */
export function mount(app: Hono<AppEnv>, surface: Surface): void {
  const limit = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (http) => refuse(http as Http, surface, new Refused("body_too_large")),
  });
  for (const [endpoint, rows] of rowsByEndpoint(surface)) {
    const [method, path] = endpoint.split(" ") as [string, string];
    for (const served of pathsOf(surface, path)) {
      app.on(method, served, limit, (http) => serve(http, surface, rows));
    }
  }
}

/** A path under every base of its contract. */
export function pathsOf({ bases }: Pick<Surface, "bases">, path: string): string[] {
  return bases.map((base) => base + path.slice(bases[0].length));
}

function rowsByEndpoint({ routes }: Surface): Map<string, Row[]> {
  const rows = Object.entries(routes) as [Operation, AnyRoute][];
  return Map.groupBy(rows, ([, [endpoint]]) => endpoint);
}

async function serve(http: Http, surface: Surface, rows: readonly Row[]) {
  http.var.log.contract = surface.terms.contract;
  const answered = await run(http, surface, rows).catch((error) => failure(http, error));
  return answered instanceof Refused
    ? refuse(http, surface, answered)
    : send(http, surface, answered.status, answered.reply);
}

interface Answered {
  status: StatusCode;
  reply: Reply;
}

async function run(
  http: Http,
  surface: Surface,
  rows: readonly Row[],
): Promise<Answered | Refused> {
  const refused = refuseQuery(http.req, surface);
  if (refused) {
    return refused;
  }
  const tenantId = await tenantOf(http, surface);
  if (tenantId instanceof Refused) {
    return tenantId;
  }
  http.set("tenantId", tenantId);
  const json = await readJson(http.req, surface);
  const body = json instanceof Refused ? undefined : json;
  const row = rows.find(([, [, , , , , when]]) => when?.(body) ?? true);
  if (!row) {
    return new Refused("invalid_request");
  }
  const [name, [, , request, status, reply]] = row;
  http.var.log.operation = name;
  const context = contextOf(http, surface.terms);
  const identified = await admit(http, context, surface, row);
  if (identified instanceof Refused) {
    return identified;
  }
  if (json instanceof Refused) {
    return json;
  }
  const parsed = request.safeParse(partsOf(http, body));
  if (!parsed.success) {
    return new Refused("invalid_request", { fields: parsed.error.issues.map(fieldIssue) });
  }
  const output = await operationOf(name)(context, { ...parsed.data, ...identified });
  return output instanceof Refused
    ? output
    : { status, reply: reply(output as never, surface.terms) };
}

/** Who may not do it is told so whatever else is wrong with the request. */
async function admit(http: Http, context: Context, surface: Surface, [name, [, audience]]: Row) {
  const identified = await identify(http, context, surface, audience);
  if (identified instanceof Refused || !identified.caller) {
    return identified;
  }
  noteCaller(http, identified.caller);
  return operationOf(name).refuseCaller?.(identified.caller) ?? identified;
}

function operationOf(name: Operation): AnyOperation {
  return operations[name] as unknown as AnyOperation;
}

/** The tenant that the request names, or the one that stands for those which name none. */
async function tenantOf(
  http: Http,
  { terms, tenantParameter }: Surface,
): Promise<string | Refused> {
  const slug = http.req.param("tenant") ?? (tenantParameter && http.req.query(tenantParameter));
  return slug === undefined ? http.var.tenantId : findTenant(contextOf(http, terms), slug);
}

/** A schema reads the parts that it names: the others are not copied. */
function partsOf(http: Http, body: unknown) {
  return {
    body,
    get params() {
      return http.req.param() as Record<string, string>;
    },
    get query() {
      return http.req.query();
    },
    get headers() {
      return http.req.header();
    },
    get cookies() {
      return getCookie(http);
    },
  };
}

function send(http: Http, surface: Surface, status: StatusCode, reply: Reply): Response {
  for (const { name, value, path, sameSite, maxAgeSeconds } of reply.cookies ?? []) {
    const maxAge = maxAgeSeconds;
    setCookie(http, name, value, { httpOnly: true, secure: true, path, sameSite, maxAge });
  }
  const headers = { "cache-control": "no-store", ...surface.headers, ...reply.headers };
  return reply.body
    ? http.json(reply.body, status as ContentfulStatusCode, headers)
    : http.body(null, status, headers);
}

/** Says no in the words and the envelope of a contract. */
export function refuse(http: Http, surface: Surface, refused: Refused): Response {
  http.var.log.contract = surface.terms.contract;
  http.var.log.reason = refused.reason;
  const wordings: Readonly<Partial<Record<Reason, Wording>>> = surface.refusals;
  const wording = wordings[refused.reason];
  if (!wording) {
    throw new Error(`${surface.terms.contract} has no words for ${refused.reason}`);
  }
  const reply = surface.refuse(wording, refused, http.var.ports.clock.now());
  const headers = { ...retryAfter(refused), ...challenge(refused), ...reply.headers };
  return send(http, surface, wording[0], { ...reply, headers });
}

function retryAfter({ comeBack }: Refused): Record<string, string> {
  return comeBack ? { "retry-after": String(comeBack.retryAfterSeconds) } : {};
}

/** RFC 6750 §3: no error for who sent nothing, a name for it otherwise, and the scopes that it takes. */
const CHALLENGES: Partial<Record<Reason, string>> = {
  unauthenticated: "Bearer",
  access_token_invalid: 'Bearer error="invalid_token"',
  insufficient_scope: 'Bearer error="insufficient_scope"',
};

function challenge({ reason, scopes }: Refused): Record<string, string> {
  const scheme = CHALLENGES[reason];
  const wanted = scopes.length > 0 ? `, scope="${scopes.join(" ")}"` : "";
  return scheme ? { "www-authenticate": scheme + wanted } : {};
}

/** The name of a field stands without the part of the request that it is in. */
function fieldIssue(issue: { path: PropertyKey[]; message: string }): FieldIssue {
  const field = issue.path.slice(1).join(".");
  return field
    ? { field, issue: issue.message }
    : { field: String(issue.path[0] ?? "body"), issue: issue.message };
}
