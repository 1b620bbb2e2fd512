import type { Client } from "../client/client.ts";
import { Refused } from "../refused.ts";
import type { Session } from "../session/session.ts";

/** What a client asks for, as it wrote it. Null and empty ask for nothing in particular. */
export interface AskedFor {
  /** Space-separated. RFC 6749 §3.3. */
  scope: string | null;
  /** RFC 8707. */
  resources: readonly string[];
}

export interface Allowed {
  scopes: readonly string[];
  resources: readonly string[];
}

/**
 * What a client is allowed of what it asks for: all of it, or it is refused. Without a scope it gets
 * the ones in `all`; without a resource its tokens are for this service.
 */
export function allow(
  client: Client,
  { scope, resources }: AskedFor,
  all: readonly string[] = client.scopes,
): Allowed | Refused<"scope_not_allowed" | "resource_not_allowed"> {
  const scopes = scope === null ? [...all] : scopesIn(scope);
  if (!scopes.every((asked) => all.includes(asked))) {
    return new Refused("scope_not_allowed");
  }
  if (!resources.every((asked) => client.resources.includes(asked))) {
    return new Refused("resource_not_allowed");
  }
  return { scopes, resources: [...new Set(resources)] };
}

/** What a session's tokens may do and are for, space-separated. */
type Grant = Pick<Session, "scope" | "audience">;

/**
 * A part of what was granted before, for one access token. RFC 6749 §6, RFC 8707 §2.2.
 * Null asks for all of it.
 */
export function narrow(
  granted: Grant,
  { scope, resources }: AskedFor,
): Grant | Refused<"scope_not_allowed" | "resource_not_allowed"> {
  const narrowed = scope === null ? granted.scope : scopesIn(scope).join(" ");
  if (!isWithin(narrowed, granted.scope)) {
    return new Refused("scope_not_allowed");
  }
  const audience = resources.length === 0 ? granted.audience : [...new Set(resources)].join(" ");
  return isWithin(audience, granted.audience)
    ? { scope: narrowed, audience }
    : new Refused("resource_not_allowed");
}

/**
 * What is left of a grant when the client was registered for less since. Refused where nothing is left
 * of something: no scope and no audience have meanings of their own.
 */
export function stillAllowed(
  { scopes, resources }: Client,
  { scope, audience }: Grant,
):
  | { scope: string; audience: string | null }
  | Refused<"scope_not_allowed" | "resource_not_allowed"> {
  const asked = scopesIn(scope ?? "");
  const left = asked.filter((one) => scopes.includes(one));
  if (left.length === 0 && asked.length > 0) {
    return new Refused("scope_not_allowed");
  }
  const audiences = audience?.split(" ").filter((one) => resources.includes(one)) ?? null;
  return audiences?.length === 0
    ? new Refused("resource_not_allowed")
    : { scope: left.join(" "), audience: audiences?.join(" ") ?? null };
}

function isWithin(part: string | null, whole: string | null): boolean {
  const all = whole === null ? [] : scopesIn(whole);
  return part === null || scopesIn(part).every((one) => all.includes(one));
}

/** Each once. */
function scopesIn(text: string): string[] {
  return [...new Set(text.split(" ").filter((scope) => scope !== ""))];
}
