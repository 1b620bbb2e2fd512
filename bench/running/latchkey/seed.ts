import type { Miniflare } from "miniflare";
import { hashPassword } from "../../../scripts/dev/hash-password.ts";
import { insertClient } from "../../../scripts/insert-client.ts";
import { type Sql, sql } from "../../../scripts/sql.ts";
import { migrations } from "../../../scripts/test-support/migrations.ts";
import { DEVICE_CODE_GRANT } from "../../../src/core/client/client.ts";
import { EMAIL_FORMAT, NUMBERS, PASSWORD } from "../people.ts";
import { API } from "./addresses.ts";

export type Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

/** Makes the tables as a deployment would, the accounts, and the client `tv`. */
export async function seed(
  database: Database,
  authSecret: string,
  iterations: number | null,
): Promise<void> {
  for (const migration of migrations()) {
    const statements = migration.split("--> statement-breakpoint");
    await database.batch(statements.map((statement) => database.prepare(statement)));
  }
  const secrets = { current: authSecret, previous: null };
  const hash = await hashPassword(PASSWORD, secrets, iterations ?? undefined);
  const statements = [insertAccounts(), insertPasswords(hash), insertTelevision(), insertBackend()];
  await database.batch(statements.map(({ text }) => database.prepare(text)));
}

function insertAccounts(): Sql {
  const now = new Date();
  return sql`INSERT INTO accounts (id, tenant_id, email, name, role, email_verified_at, trial_ends_at,
      profile, created_at, updated_at)
    WITH ${NUMBERS}
    SELECT printf('00000000-0000-7000-8000-%012x', n), tenants.id, printf(${EMAIL_FORMAT}, n),
      'Robin Example', 'user', ${now}, ${now}, '{}', ${now}, ${now}
    FROM numbers, tenants WHERE slug = 'default'`;
}

function insertPasswords(hash: string): Sql {
  return sql`INSERT INTO passwords (account_id, hash, changed_at, reset_link_number)
    SELECT id, ${hash}, created_at, 0 FROM accounts`;
}

function insertTelevision(): Sql {
  const client = {
    id: "tv",
    name: "Television",
    owner: null,
    grants: [DEVICE_CODE_GRANT, "refresh_token"],
    scopes: ["openid", "profile", "offline_access"],
    redirectUris: [],
    resources: [],
    isFirstParty: true,
    samePlace: null,
    secret: null,
  } as const;
  return insertClient(client, "default");
}

/** What the backend proves itself with, in the header `Authorization`. */
export const BACKEND = `Basic ${btoa("backend:benchmark-secret")}`;

function insertBackend(): Sql {
  const client = {
    id: "backend",
    name: "Backend",
    owner: null,
    grants: ["client_credentials"],
    scopes: ["reports"],
    redirectUris: [],
    resources: [API],
    isFirstParty: false,
    samePlace: null,
    secret: "benchmark-secret",
  } as const;
  return insertClient(client, "default");
}
