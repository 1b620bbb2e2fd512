import { type Sql, sql } from "../sql.ts";
import { tellDeed } from "./tell-event.ts";

const COLUMNS = { brand: sql`brand`, letters: sql`letters` };

/**
 * Statements that make a setting of a tenant what is said, where it is not so already, and then write
 * down which part of it was changed.
 */
export function changeTenant(
  slug: string,
  { setting, to, changed }: { setting: keyof typeof COLUMNS; to: Sql; changed: string },
): { written: Sql; told: Sql } {
  const column = COLUMNS[setting];
  return {
    written: sql`UPDATE tenants SET ${column} = ${to} WHERE slug = ${slug} AND ${column} IS NOT ${to}`,
    told: tellDeed("tenant-changed", { target: `tenant:${slug}`, subject: changed }),
  };
}
