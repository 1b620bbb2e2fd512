import type { Terms } from "../core/terms.ts";

const DAY_SECONDS = 86_400;

/** Access tokens live for a quarter of an hour: who verifies them offline learns late of a sign-out. */
export const terms = {
  contract: "oauth",
  accessToken: { form: "jwt", lifetimeSeconds: 900 },
  refreshToken: { prefix: "lk_rt_" },
  session: { idleSeconds: 30 * DAY_SECONDS, absoluteSeconds: 180 * DAY_SECONDS },
} satisfies Terms;
