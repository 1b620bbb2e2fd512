import type { Whose } from "./account-options.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";

/** What the owner of an account without a password does to get one. Both ways go through the mailbox. */
export function howToSetAPassword({ email, slug }: Whose, { publicUrl }: Site): string[] {
  if (slug === DEFAULT_TENANT_SLUG) {
    return [`It has no password. To set one, its owner opens ${publicUrl}/forgot`];
  }
  const base = `${publicUrl}/${slug}/api/v1/auth`;
  return [
    "It has no password. To set one, its owner asks for a code by mail and signs in with it:",
    `  POST ${base}/send-code    {"email":"${email}"}`,
    `  POST ${base}/verify-code  {"email":"${email}","code":"…"}`,
    `  POST ${base}/me/set-initial-password  {"new_password":"…"}, with Authorization: Bearer <token>`,
  ];
}
