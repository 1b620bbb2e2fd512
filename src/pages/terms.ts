import type { Terms } from "../core/terms.ts";

const DAY_SECONDS = 86_400;

/** A sign-in on a page lasts a day and is never refreshed: the browser keeps a cookie, no tokens. */
export const terms = {
  contract: "pages",
  accessToken: { form: "jwt", lifetimeSeconds: 900 },
  refreshToken: null,
  // Made here, they are the keys of the contract that takes them.
  keys: { kind: "api", prefix: "plnx_live_" },
  session: { idleSeconds: DAY_SECONDS, absoluteSeconds: DAY_SECONDS },
} satisfies Terms;
