import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";

/** Whether people may make accounts here themselves. While that cannot be read, no page offers it. */
export function mayRegister({ var: { ports, tenantId } }: Context<AppEnv>): Promise<boolean> {
  return ports.tenants.isOpenForRegistration(tenantId).catch(() => false);
}
