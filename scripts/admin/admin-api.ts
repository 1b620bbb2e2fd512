import type * as z from "zod";
import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import type { Reason } from "../../src/core/refused.ts";
import * as shape from "../../src/surfaces/admin/shapes.ts";
import { Problem } from "../problem.ts";
import { noTenant } from "./find-tenant.ts";
import { noAnswer } from "./no-answer.ts";
import { lookAtHealth, noApi } from "./no-api.ts";
import { refusedToken } from "./refused-token.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";
import { USER_AGENT } from "./user-agent.ts";

/** The admin API of a running service, asked in the name of whoever the token is of. */
export interface AdminApi {
  /** The service, for words about what to do next. */
  site: Site;
  /** Asks below `/admin`, in a tenant. A refusal is a problem: in the service's own words, unless better are given. */
  ask(request: AdminRequest): Promise<unknown>;
}

export interface AdminRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  tenant?: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
  refusals?: Refusals;
}

/** What is said where the service refuses, by why it does: what whoever has the database is told. */
export type Refusals = Partial<Record<Reason, Problem>>;

/** An older service gives no `reason`, and a newer one may give one that is not known here. */
const refusal = shape.refusal.extend({
  reason: shape.refusal.shape.reason.optional().catch(undefined),
});
type Refusal = z.output<typeof refusal>;

/** `scopes` are what the command needs, to be said where the token is not good for them. */
export function adminApi(
  url: string,
  { token, scopes }: { token: string; scopes: readonly AdminScope[] },
  stop: AbortSignal,
): AdminApi {
  const site: Site = {
    publicUrl: url,
    admin: (line) => `npm run admin -- ${line} --url ${url}`,
    runs: null,
  };
  return {
    site,
    async ask({ method, path, tenant, query = {}, body, refusals }) {
      const target = new URL(`/admin${path}`, url);
      for (const [name, value] of Object.entries({ ...query, ...(tenant && { tenant }) })) {
        target.searchParams.set(name, value);
      }
      const response = await fetch(target, {
        method,
        redirect: "error",
        signal: stop,
        headers: {
          authorization: `Bearer ${token}`,
          "user-agent": USER_AGENT,
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }).catch((error) => {
        stop.throwIfAborted();
        throw noAnswer(url, error) ?? error;
      });
      return read(response, {
        ...{ site, token, scopes },
        refusals: { ...ofTenant(tenant, site), ...refusals },
      });
    },
  };
}

/** A tenant that there is not has no paths: the service says no more than that. */
function ofTenant(slug: string | undefined, site: Site): Refusals {
  return slug === undefined || slug === DEFAULT_TENANT_SLUG
    ? {}
    : { route_unknown: noTenant(slug, site) };
}

interface Words {
  site: Site;
  token: string;
  scopes: readonly AdminScope[];
  refusals: Refusals;
}

async function read(response: Response, words: Words): Promise<unknown> {
  const { ok, status } = response;
  const text = await response.text();
  if (text === "" && ok) {
    return null;
  }
  const given = jsonOf(text);
  const said = refusal.safeParse(given).data;
  if (!ok && said) {
    throw refused(said, status, words);
  }
  if (!ok || given === null) {
    throw noApi(words.site.publicUrl, status);
  }
  return given;
}

function refused(said: Refusal, status: number, words: Words): Problem {
  const { site, token, scopes, refusals } = words;
  const { error, error_description: text, reason } = said;
  if (error === "invalid_token") {
    return refusedToken(token, text);
  }
  const known = reason && refusals[reason];
  if (known) {
    return known;
  }
  const next: Readonly<Record<string, string>> = {
    insufficient_user_authentication: "Run it again, and sign in anew where you approve it.",
    insufficient_scope: `The command needs a token for ${scopes.join(" ")}: a client's own, or one of ${whoMay(scopes)}.`,
  };
  const otherwise = status >= 500 ? lookAtHealth(site.publicUrl) : "Nothing was changed.";
  return new Problem(text, next[error] ?? otherwise);
}

/** What is about the service, or another tenant than one's own, is for its operators. */
function whoMay(scopes: readonly AdminScope[]): string {
  return scopes.some((scope) => scope === "admin:tenants" || scope === "admin:clients")
    ? `a superadmin of the tenant ${DEFAULT_TENANT_SLUG}`
    : "an administrator";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
