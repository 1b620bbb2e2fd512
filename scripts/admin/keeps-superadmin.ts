import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import { keepsSuperadmin } from "../../src/storage/d1/keeps-superadmin.ts";
import { admin } from "../../src/surfaces/admin/contract.ts";
import { Problem } from "../problem.ts";
import { Sql } from "../sql.ts";
import type { Whose } from "./account-options.ts";
import type { Site } from "./task.ts";

/** The condition of the admin API, on `accounts`: it has no values in it. */
export const KEEPS_SUPERADMIN = new Sql(new SQLiteSyncDialect().sqlToQuery(keepsSuperadmin).sql);

/** That nothing was changed for want of it. */
export function lastSuperadmin({ slug }: Whose, site: Site): Problem {
  const [, , text] = admin.refusals.last_superadmin;
  const another = site.admin(`create-superadmin --tenant ${slug} --email …`);
  return new Problem(text, `Make another one first: ${another}`);
}
