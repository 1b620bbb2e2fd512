import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";

/** The Durable Object in which a grant lives. */
export function grantObject(userCode: string) {
  return env.DEVICE_GRANT.get(env.DEVICE_GRANT.idFromName(`${DEFAULT_TENANT_ID} ${userCode}`));
}

/** The Durable Object at which user codes are entered. */
export function codeEntryObject() {
  return env.CODE_ENTRY.get(env.CODE_ENTRY.idFromName(DEFAULT_TENANT_ID));
}

/** The Durable Object in which a mailbox's login code lives. */
export async function loginCodeObject({ tenantId, email }: { tenantId: string; email: string }) {
  const name = new TextEncoder().encode(`login-code\n${tenantId}\n${email}`);
  const digest = await crypto.subtle.digest("SHA-256", name);
  return env.LOGIN_CODE.get(env.LOGIN_CODE.idFromName(new Uint8Array(digest).toHex()));
}
