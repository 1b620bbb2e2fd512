import { Problem } from "../problem.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";

/** A client of another tenant would be asked for by nothing, and the admin API has none. */
export function refuseOtherTenant(slug: string): void {
  if (slug !== DEFAULT_TENANT_SLUG) {
    throw new Problem(
      `OAuth and devices are served for the tenant ${DEFAULT_TENANT_SLUG} alone.`,
      "Leave --tenant out.",
    );
  }
}
