import { env } from "cloudflare:workers";

/** Disables the account of an address, as an administrator would. */
export async function disableAccount(email: string): Promise<void> {
  const { meta } = await env.DB.prepare("UPDATE accounts SET disabled_at = ? WHERE email = ?")
    .bind(Date.now(), email)
    .run();
  if (meta.changes !== 1) {
    throw new Error(`disabling changed ${meta.changes} accounts`);
  }
}
