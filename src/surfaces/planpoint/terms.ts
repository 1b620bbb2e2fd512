import type { Terms } from "../../core/terms.ts";

const DAY_SECONDS = 86_400;

export const terms = {
  contract: "planpoint",
  accessToken: { form: "jwt", lifetimeSeconds: DAY_SECONDS },
  refreshToken: { prefix: "plpt_rt_" },
  session: { idleSeconds: 7 * DAY_SECONDS, absoluteSeconds: 90 * DAY_SECONDS },
  zapier: {
    accessToken: { form: "jwt", lifetimeSeconds: 90 * DAY_SECONDS },
    refreshToken: null,
    session: { idleSeconds: 90 * DAY_SECONDS, absoluteSeconds: 90 * DAY_SECONDS },
  },
} satisfies Terms;
