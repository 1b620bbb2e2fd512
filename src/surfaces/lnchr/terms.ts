import type { Terms } from "../../core/terms.ts";

const DAY_SECONDS = 86_400;

export const terms = {
  contract: "lnchr",
  accessToken: { form: "jwt", lifetimeSeconds: DAY_SECONDS },
  refreshToken: null,
  session: { idleSeconds: DAY_SECONDS, absoluteSeconds: DAY_SECONDS },
  keys: { kind: "service", prefix: "lnchr_sk_" },
} satisfies Terms;
