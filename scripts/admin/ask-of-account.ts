import { Problem } from "../problem.ts";
import { optionsOf, type Whose } from "./account-options.ts";
import type { AdminApi, AdminRequest, Refusals } from "./admin-api.ts";
import { noAccount } from "./find-account.ts";
import { AS_SUPERADMIN } from "./for-people-alone.ts";
import { lastSuperadmin } from "./keeps-superadmin.ts";
import { notProved } from "./not-proved.ts";
import type { Site } from "./task.ts";

/** Asks the admin API for something about an account. */
export function askOfAccount(
  api: AdminApi,
  whose: Whose,
  {
    id,
    below = "",
    ...request
  }: Pick<AdminRequest, "method" | "body"> & { id: string; below?: string },
): Promise<unknown> {
  const path = `/accounts/${id}${below}`;
  return api.ask({
    ...request,
    ...{ path, tenant: whose.slug, refusals: accountRefusals(whose, api.site) },
  });
}

/** What is said where the service does nothing about an account, or makes none. */
export function accountRefusals(whose: Whose, site: Site): Refusals {
  const { email } = whose;
  return {
    target_unknown: noAccount(whose),
    target_out_of_reach: new Problem(
      `Only a superadmin may do that: ${email} is an administrator, or would be. No client counts as one, whatever its scopes.`,
      AS_SUPERADMIN,
    ),
    target_is_caller: new Problem(
      "You may not do that to your own account.",
      "Have another administrator do it.",
    ),
    target_disabled: new Problem(
      `${email} is disabled.`,
      `Enable it first: ${site.admin(`enable-account ${optionsOf(whose)}`)}`,
    ),
    address_unproved: notProved(whose),
    last_superadmin: lastSuperadmin(whose, site),
  };
}
