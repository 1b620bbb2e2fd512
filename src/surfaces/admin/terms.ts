import type { Terms } from "../../core/terms.ts";

/** It signs nobody in: whoever asks brings an access token of a contract or of OAuth. */
export const terms = {
  contract: "admin",
  accessToken: { form: "jwt", lifetimeSeconds: 900 },
  refreshToken: null,
  session: { idleSeconds: 900, absoluteSeconds: 900 },
} satisfies Terms;
