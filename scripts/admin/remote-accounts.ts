import * as z from "zod";
import type { Whose } from "./account-options.ts";
import type { AdminApi } from "./admin-api.ts";
import { noAccount } from "./find-account.ts";

const found = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      role: z.string(),
      disabled: z.boolean(),
      zapier: z.boolean(),
      must_reset_password: z.boolean(),
      two_factor_enabled: z.boolean(),
    }),
  ),
});

/** What the answer to a change of an account is read for. */
export const changedAccount = z.object({ ended_count: z.int() });

export type RemoteAccount = z.output<typeof found>["accounts"][number];

/** The account of an address; null where there is none. Of addresses that begin with it, it comes first. */
export async function findRemote(
  api: AdminApi,
  { email, slug: tenant }: Whose,
): Promise<RemoteAccount | null> {
  const query = { email_prefix: email, limit: "1" };
  const { accounts } = found.parse(
    await api.ask({ method: "GET", path: "/accounts", tenant, query }),
  );
  const [account] = accounts;
  return account?.email === email ? account : null;
}

/** The same, and a problem without it. */
export async function requireRemote(api: AdminApi, whose: Whose): Promise<RemoteAccount> {
  const account = await findRemote(api, whose);
  if (!account) {
    throw noAccount(whose);
  }
  return account;
}
