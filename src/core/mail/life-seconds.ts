import type { Content } from "./letter.ts";

const HOUR = 3600;

/** How long the link or code in a letter is good for, in seconds, by the letter's kind. */
export const LIFE_SECONDS = {
  "login-code": 600,
  "verify-email": 24 * HOUR,
  "prove-address": 24 * HOUR,
  "reset-password": HOUR,
  "address-unconfirmed": HOUR,
  "account-secured": HOUR,
  "change-email": HOUR,
  /** Who is invited does not wait for it. */
  invitation: 3 * 24 * HOUR,
} as const satisfies Record<Extract<Content, { lifetimeSeconds: number }>["kind"], number>;
