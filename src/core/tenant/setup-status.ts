import type { Context } from "../ports.ts";

/** Whether the tenant has its first account, which is what setting it up makes. */
export async function setupStatus(
  { accounts, tenantId }: Context,
  _input: Record<never, never>,
): Promise<{ isComplete: boolean }> {
  return { isComplete: await accounts.hasAny(tenantId) };
}
