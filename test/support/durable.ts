import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant.ts";

/** The Durable Object in which a grant lives. */
export function grantObject(userCode: string) {
  return env.DEVICE_GRANT.get(env.DEVICE_GRANT.idFromName(`${DEFAULT_TENANT_ID} ${userCode}`));
}

/** The Durable Object at which user codes are entered. */
export function codeEntryObject() {
  return env.CODE_ENTRY.get(env.CODE_ENTRY.idFromName(DEFAULT_TENANT_ID));
}
