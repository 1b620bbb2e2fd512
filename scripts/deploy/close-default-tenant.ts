import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { tellDeed } from "../admin/tell-event.ts";
import { DEFAULT_TENANT_SLUG } from "../admin/tenant-option.ts";
import { sql } from "../sql.ts";
import { callWrangler, tryWrangler } from "./call-wrangler.ts";
import type { Step } from "./step.ts";
import type { Store, Target } from "./target.ts";

const HAS_ACCOUNT = sql`EXISTS (SELECT 1 FROM accounts WHERE tenant_id = ${DEFAULT_TENANT_ID})`;
const IS_DEFAULT = sql`id = ${DEFAULT_TENANT_ID}`;

/**
 * Closes registration in a default tenant that has no account, before a Worker is online that would make
 * whoever registers first its superadmin, and so the operator of every tenant. Nothing where it is closed
 * or has accounts already.
 */
export async function closeDefaultTenant(
  target: Target,
  { binding, id }: Store,
  stop: AbortSignal,
): Promise<Step[]> {
  const execute = ["d1", "execute", binding, "--remote", "--json", "--command"];
  if (id !== null) {
    const look = sql`SELECT 1 AS needless FROM tenants
      WHERE ${IS_DEFAULT} AND (self_registration = 0 OR ${HAS_ACCOUNT})`;
    // Where there is no such table yet it fails, and the step is needed.
    const { code, output } = await tryWrangler(target, [...execute, look.text], stop);
    if (code === 0 && output.includes('"needless"')) {
      return [];
    }
  }
  return [
    {
      does: `close registration in the ${DEFAULT_TENANT_SLUG} tenant while it has no account: the first would be its superadmin`,
      async carryOut(stopping) {
        const close = sql`UPDATE tenants SET self_registration = 0
          WHERE ${IS_DEFAULT} AND self_registration <> 0 AND NOT ${HAS_ACCOUNT}`;
        const about = { target: `tenant:${DEFAULT_TENANT_SLUG}`, subject: "registration closed" };
        const tell = tellDeed("tenant-changed", about);
        await callWrangler(target, [...execute, `${close.text};\n${tell.text}`], stopping);
      },
    },
  ];
}
