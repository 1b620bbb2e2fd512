import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { SITE_FACTOR, siteOf } from "./site-of.ts";
import type { RequestKind, Wait } from "./throttle.ts";

const FENCE_PERIOD_SECONDS = 60;
const CREDENTIALS = 60;
/** The limits of the rate-limit bindings in wrangler.toml, for refusals to tell. */
export const FENCE_LIMITS = {
  credentials: CREDENTIALS,
  credentialSites: CREDENTIALS * SITE_FACTOR,
  deviceStart: 20,
  requests: 300,
  returns: 3000,
};

/** The outer fences around everything that checks a secret: by sender, and by site where it has one. */
export async function fenceCredentials({
  fences,
  requester: { address },
}: Context): Promise<Refused<"rate_limited"> | null> {
  if (!(await fences.credentials(address))) {
    return fenced("rate_limited", "credentials");
  }
  const site = siteOf(address);
  const isOpen = site === null || (await fences.credentialSites(site));
  return isOpen ? null : fenced("rate_limited", "credentialSites");
}

/** The outer fence around everything else that costs a call of a store. */
export async function fenceRequests(
  { fences, requester }: Context,
  kind: RequestKind,
): Promise<Refused<"rate_limited"> | null> {
  const open = await fences.requests(kind, requester.address);
  return open ? null : fenced("rate_limited", "requests");
}

/**
 * The fences around what was made here and comes back, such as a refresh token: each is counted by
 * itself, and ten times as many by address, since hundreds of people may share one.
 */
export async function fenceReturns<R extends "rate_limited" | "polling_flooded">(
  { fences, requester }: Context,
  kind: RequestKind,
  subject: string,
  reason: R,
): Promise<Refused<R> | null> {
  const [isSubjectOpen, isAddressOpen] = await Promise.all([
    fences.requests(kind, subject),
    fences.returns(kind, requester.address),
  ]);
  if (isSubjectOpen && isAddressOpen) {
    return null;
  }
  return fenced(reason, isSubjectOpen ? "returns" : "requests");
}

/** A refusal of an outer fence, whose window is over in a minute at most. */
export function fenced<R extends "rate_limited" | "polling_flooded">(
  reason: R,
  fence: keyof typeof FENCE_LIMITS,
): Refused<R> {
  return new Refused(reason, {
    comeBack: { retryAfterSeconds: FENCE_PERIOD_SECONDS, limit: FENCE_LIMITS[fence] },
  });
}

/** A refusal of an exact count. */
export function waitOut(wait: Wait): Refused<"rate_limited"> {
  return new Refused("rate_limited", { comeBack: wait });
}
