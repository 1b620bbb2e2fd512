import { env } from "cloudflare:workers";

/** How many rows a table has that fit. The condition is SQL, its values bound in order. */
export async function countRows(
  table: string,
  condition = "true",
  ...values: readonly unknown[]
): Promise<number> {
  const row = await env.DB.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${condition}`)
    .bind(...values)
    .first<{ count: number }>();
  return row?.count ?? 0;
}

/** The id of the account that an address has in any tenant. Throws when there is none. */
export async function accountIdOf({ email }: { email: string }): Promise<string> {
  const row = await env.DB.prepare("SELECT id FROM accounts WHERE email = ?")
    .bind(email)
    .first<{ id: string }>();
  if (!row) {
    throw new Error(`${email} has no account`);
  }
  return row.id;
}
