import { createHash } from "node:crypto";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant.ts";
import type { DevelopmentClient } from "../development-clients.ts";

/**
 * One statement that brings the clients of the default tenant up to date. It may run any number of
 * times and leaves every other client alone.
 */
export function seedStatement(clients: readonly DevelopmentClient[], now: Date): string {
  const rows = clients.map((client) => `(${row(client, now).map(literal).join(", ")})`);
  return `INSERT INTO clients
  (tenant_id, id, name, secret_hash, grants, scopes, redirect_uris, first_party, created_at)
VALUES
  ${rows.join(",\n  ")}
ON CONFLICT (tenant_id, id) DO UPDATE SET
  name = excluded.name,
  secret_hash = excluded.secret_hash,
  grants = excluded.grants,
  scopes = excluded.scopes,
  redirect_uris = excluded.redirect_uris;`;
}

function row(client: DevelopmentClient, now: Date): (string | number | null)[] {
  return [
    DEFAULT_TENANT_ID,
    client.id,
    client.name,
    client.secret === null ? null : createHash("sha256").update(client.secret).digest("hex"),
    JSON.stringify(client.grants),
    JSON.stringify(client.scopes),
    JSON.stringify(client.redirectUris),
    0,
    now.getTime(),
  ];
}

function literal(value: string | number | null): string {
  if (value === null) {
    return "NULL";
  }
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
