import type { Terms } from "../../core/terms.ts";

const DAY_SECONDS = 86_400;

export const terms = {
  contract: "credebl",
  accessToken: { form: "jwt", lifetimeSeconds: DAY_SECONDS },
  refreshToken: { prefix: "crdbl_rt_" },
  session: { idleSeconds: 30 * DAY_SECONDS, absoluteSeconds: 180 * DAY_SECONDS },
  demandsVerifiedEmail: true,
  sessionLimit: "session cap",
} satisfies Terms;
