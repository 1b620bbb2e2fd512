import type { Context, Wait } from "../ports.ts";
import { Refused } from "../refused.ts";

const FENCE_PERIOD_SECONDS = 60;
/** Mirrors the limits of the rate-limit bindings in wrangler.toml. */
const FENCE_LIMITS = { credentials: 60, deviceStart: 20, devicePoll: 300 };

/** The outer fence around everything that checks a secret. */
export async function fenceCredentials(context: Context): Promise<Refused<"rate_limited"> | null> {
  const open = await context.fences.credentials(context.requester.address);
  return open ? null : fenced("rate_limited", "credentials");
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

/** A refusal of an exact count, or null where there is nothing to wait for. */
export function waitOut(wait: Wait | null): Refused<"rate_limited"> | null {
  return wait && new Refused("rate_limited", { comeBack: wait });
}
