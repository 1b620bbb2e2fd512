import type { Terms } from "../../core/terms.ts";

const DAY_SECONDS = 86_400;

export const terms = {
  contract: "planasonix",
  accessToken: { lifetimeSeconds: 3_600 },
  refreshToken: { prefix: "plnx_rt_" },
  session: { idleSeconds: 30 * DAY_SECONDS, absoluteSeconds: 180 * DAY_SECONDS },
} satisfies Terms;
