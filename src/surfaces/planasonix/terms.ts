import type { Terms } from "../../core/terms.ts";

const DAY_SECONDS = 86_400;

export const terms = {
  contract: "planasonix",
  accessToken: { form: "jwt", lifetimeSeconds: 3_600 },
  refreshToken: { prefix: "plnx_rt_" },
  challengePrefix: "plnx_mfa_",
  keys: { kind: "api", prefix: "plnx_live_" },
  session: { idleSeconds: 30 * DAY_SECONDS, absoluteSeconds: 180 * DAY_SECONDS },
} satisfies Terms;
