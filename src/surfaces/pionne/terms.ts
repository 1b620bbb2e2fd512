import type { Terms } from "../../core/terms.ts";

/**
 * Pionne promises tokens that never expire; a session has to have an end that can be written down.
 * This one is beyond every client and every account, and sign-out and revocation hold at once.
 */
const NEVER_SECONDS = 100 * 365 * 86_400;

export const terms = {
  contract: "pionne",
  accessToken: { form: "numbered", lifetimeSeconds: NEVER_SECONDS },
  refreshToken: null,
  session: { idleSeconds: NEVER_SECONDS, absoluteSeconds: NEVER_SECONDS },
  sessionLimit: "one per client type",
  challengePrefix: "pionne_totp_",
} satisfies Terms;
