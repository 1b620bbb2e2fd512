import { type MasterSecrets, secretId } from "../../src/crypto/master-secret.ts";
import { localSecrets } from "../dev/local-secret.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import type { Workplace } from "./work.ts";

/**
 * The master secret that the service at this database runs with: from the environment, for the local one
 * else from .dev.vars. Refuses one that the database does not know: what is sealed under it opens for nobody.
 */
export async function secretOf({ database, isRemote }: Workplace): Promise<MasterSecrets> {
  if (!("toBase64" in Uint8Array.prototype)) {
    throw new Problem(
      "Node was started without --js-base-64.",
      "Start it as package.json does: npm run admin -- import …",
    );
  }
  const local = isRemote ? { current: "", previous: null } : localSecrets();
  const current = process.env["AUTH_SECRET"] || local.current;
  const previous = process.env["AUTH_SECRET_PREVIOUS"] || local.previous;
  if (current === "") {
    throw new Problem(
      "AUTH_SECRET is not set.",
      "Passwords are sealed under the secret that the service runs with. Read it into the environment: read -rs AUTH_SECRET; export AUTH_SECRET",
    );
  }
  const [keys = [], marks = []] = await database.execute([
    sql`SELECT substr(sealed_private_jwk, 1, 8) AS id FROM signing_keys ORDER BY number DESC LIMIT 1`,
    sql`SELECT substr(mark, 1, 8) AS id FROM marks WHERE name = 'secret'`,
  ]);
  const known = [...keys, ...marks].map(({ id }) => id);
  if (known.length === 0) {
    throw new Problem(
      "The service has not run on this database yet, so that nothing tells which AUTH_SECRET is its own.",
      "Ask it for /.well-known/jwks.json once, and come back.",
    );
  }
  if (!known.includes(await secretId(current))) {
    throw new Problem(
      "AUTH_SECRET is not the one that the service runs with.",
      "In the first hour of a new secret the hourly run has to come first.",
    );
  }
  return { current, previous };
}
