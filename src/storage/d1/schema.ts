import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/** Times are milliseconds since the epoch. Ids are UUIDv7 as text. */
const time = (name: string) => integer(name, { mode: "timestamp_ms" });

export const tenants = sqliteTable("tenants", {
  id: text("id").primaryKey(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  selfRegistration: integer("self_registration", { mode: "boolean" }).notNull(),
  createdAt: time("created_at").notNull(),
});

export const accounts = sqliteTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    email: text("email").notNull(),
    name: text("name"),
    emailVerifiedAt: time("email_verified_at"),
    disabledAt: time("disabled_at"),
    createdAt: time("created_at").notNull(),
  },
  (table) => [unique("accounts_tenant_id_email").on(table.tenantId, table.email)],
);

/** Beside `accounts`, so that no query for an account can carry a hash along. */
export const passwords = sqliteTable("passwords", {
  accountId: text("account_id").primaryKey(),
  /** PHC-style; null for an account without a password. */
  hash: text("hash"),
  changedAt: time("changed_at").notNull(),
  /** The number of the only reset link that works. Moves on when one is mailed and when one is spent. */
  resetLinkNumber: integer("reset_link_number").notNull().default(0),
});

export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    accountId: text("account_id").notNull(),
    contract: text("contract").notNull(),
    clientId: text("client_id"),
    scope: text("scope"),
    /** How often it was refreshed: the generation of the refresh token that is good now. */
    generation: integer("generation").notNull().default(0),
    refreshedAt: time("refreshed_at"),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at").notNull(),
    endsAt: time("ends_at").notNull(),
    revokedAt: time("revoked_at"),
  },
  // None on `expires_at`: it moves with every refresh, and an index would double what that writes.
  (table) => [index("sessions_account_id").on(table.accountId)],
);

export const clients = sqliteTable(
  "clients",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    /** Lower-case hex SHA-256 of the secret; null for a public client. */
    secretHash: text("secret_hash"),
    grants: text("grants", { mode: "json" }).$type<string[]>().notNull(),
    scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
    redirectUris: text("redirect_uris", { mode: "json" }).$type<string[]>().notNull(),
    firstParty: integer("first_party", { mode: "boolean" }).notNull().default(sql`0`),
    createdAt: time("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const signingKeys = sqliteTable("signing_keys", {
  /** Keys are numbered: making the next one twice is a conflict, not a second key. */
  number: integer("number").primaryKey(),
  kid: text("kid").notNull(),
  publicJwk: text("public_jwk").notNull(),
  /** Sealed under the master secret. */
  sealedPrivateJwk: text("sealed_private_jwk").notNull(),
  createdAt: time("created_at").notNull(),
  /** Published from creation on, signs from here on. */
  activatesAt: time("activates_at").notNull(),
});
