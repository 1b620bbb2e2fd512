import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { Profile, Role } from "../../core/account/account.ts";
import type { AuditEventName } from "../../core/audit/audit-events.ts";
import type { SamePlace } from "../../core/client/client.ts";
import type { KeyKind } from "../../core/key/key.ts";
import type { Suppression } from "../../core/mail/suppression.ts";
import type { BrandSettings } from "../../core/tenant/brand.ts";

/** Times are milliseconds since the epoch. Ids are UUIDv7 as text. */
const time = (name: string) => integer(name, { mode: "timestamp_ms" });
const flag = (name: string) => integer(name, { mode: "boolean" }).notNull().default(sql`0`);

export const tenants = sqliteTable(
  "tenants",
  {
    id: text("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    selfRegistration: integer("self_registration", { mode: "boolean" }).notNull(),
    /** How it looks to people; null for the looks of the service. */
    brand: text("brand", { mode: "json" }).$type<BrandSettings>(),
    /** How its letters are sent; null for as the service sends them. */
    letters: text("letters", { mode: "json" }).$type<unknown>(),
    /**
     * What the dearest foreign hash costs that it may still have, in iterations of our own; null where
     * none costs more than ours.
     */
    dearestHash: integer("dearest_hash"),
    createdAt: time("created_at").notNull(),
  },
  // Those that the hourly run looks at: few, and none for long.
  (table) => [
    index("tenants_dearest_hash")
      .on(table.dearestHash)
      .where(sql`${table.dearestHash} IS NOT NULL`),
  ],
);

export const accounts = sqliteTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    email: text("email").notNull(),
    name: text("name"),
    givenName: text("given_name"),
    familyName: text("family_name"),
    role: text("role").$type<Role>().notNull().default("user"),
    emailVerifiedAt: time("email_verified_at"),
    mustResetPassword: flag("must_reset_password"),
    /** An operator lets this account's tokens live as long as an automation needs them. */
    zapier: flag("zapier"),
    trialEndsAt: time("trial_ends_at"),
    /** What people say about themselves beside their name. */
    profile: text("profile", { mode: "json" }).$type<Profile>().notNull().default({}),
    disabledAt: time("disabled_at"),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull().default(sql`0`),
  },
  (table) => [
    unique("accounts_tenant_id_email").on(table.tenantId, table.email),
    // Whether a tenant keeps one who can sign in: there are few.
    index("accounts_superadmins").on(table.tenantId).where(sql`${table.role} = 'superadmin'`),
  ],
);

/** Beside `accounts`, so that no query for an account can carry a hash along. */
export const passwords = sqliteTable(
  "passwords",
  {
    accountId: text("account_id").primaryKey(),
    /**
     * PHC-style; null for an account without a password. What another system hashed is sealed under a
     * master secret, whose id it begins with.
     */
    hash: text("hash"),
    /**
     * What was approved or begun before this is void: it moves when the password is changed, when the
     * address is proved for the first time, and when all other sessions are ended.
     */
    changedAt: time("changed_at").notNull(),
    /** The number of the only reset link that works. Moves on when one is mailed and when one is spent. */
    resetLinkNumber: integer("reset_link_number").notNull().default(0),
  },
  // Finds what a secret before the current one has sealed, and whether a tenant has any still: our own
  // begin with a dollar, and are not in it.
  (table) => [index("passwords_foreign_hash").on(table.hash).where(sql`${table.hash} >= '0'`)],
);

export const sessions = sqliteTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    /** Counts the sessions of an account from 1. */
    number: integer("number").notNull().default(0),
    tenantId: text("tenant_id").notNull(),
    accountId: text("account_id").notNull(),
    contract: text("contract").notNull(),
    clientId: text("client_id"),
    clientType: text("client_type"),
    /** What the person called the device; null where nobody named it. */
    name: text("name"),
    scope: text("scope"),
    /** Who acts as the account: an administrator who impersonates it. */
    actorId: text("actor_id"),
    /** Theirs in which they began to: it ends with that one. */
    actorSessionId: text("actor_session_id"),
    /** Space-separated resources its tokens are for; null for this service. */
    audience: text("audience"),
    /** When the person proved who they are; null where that is when the session was opened. */
    authenticatedAt: time("authenticated_at"),
    userAgent: text("user_agent"),
    address: text("address").notNull().default(""),
    city: text("city"),
    country: text("country"),
    network: text("network"),
    /** How often it was refreshed: the generation of the refresh token that is good now. */
    generation: integer("generation").notNull().default(0),
    refreshedAt: time("refreshed_at"),
    createdAt: time("created_at").notNull(),
    /** Brought up to date every few minutes at most. */
    lastUsedAt: time("last_used_at").notNull().default(sql`0`),
    expiresAt: time("expires_at").notNull(),
    endsAt: time("ends_at").notNull(),
    revokedAt: time("revoked_at"),
  },
  // None on `expires_at`: it moves with every refresh, and an index would double what that writes.
  (table) => [
    // For the next number: an account may have any number of sessions that were ended.
    index("sessions_account_id_number").on(table.accountId, table.number),
    // For everything else: of those that were not, it has as many as there is room for.
    index("sessions_unrevoked")
      .on(table.accountId, table.number)
      .where(sql`${table.revokedAt} IS NULL`),
    // Whom an account acts as: next to none, so that this is next to nothing.
    index("sessions_actor_id").on(table.actorId).where(sql`${table.actorId} IS NOT NULL`),
  ],
);

/** An account's one authenticator app: pending until a first code of it was confirmed. */
export const secondFactors = sqliteTable(
  "second_factors",
  {
    accountId: text("account_id").primaryKey(),
    enrolmentId: text("enrolment_id").notNull(),
    /** Sealed under a master secret, whose id it begins with. */
    sealedSecret: text("sealed_secret").notNull(),
    confirmedAt: time("confirmed_at"),
    /** The newest time step that was accepted: none is accepted twice. RFC 6238 §5.2. */
    lastStep: integer("last_step").notNull().default(0),
    /** What the newest step was spent on. */
    spentOn: text("spent_on"),
  },
  // Finds what a secret before the current one has sealed.
  (table) => [index("second_factors_sealed_secret").on(table.sealedSecret)],
);

export const recoveryCodes = sqliteTable(
  "recovery_codes",
  {
    accountId: text("account_id").notNull(),
    /** Sealed under a master secret, whose id it begins with. */
    digest: text("digest").notNull(),
    /** What it was spent on; null while it is good. */
    spentOn: text("spent_on"),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.digest] }),
    // Finds what a secret before the current one has sealed.
    index("recovery_codes_digest").on(table.digest),
  ],
);

/** Public keys of people's authenticators. WebAuthn Level 3, §4 "Credential Record". */
export const passkeys = sqliteTable(
  "passkeys",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    accountId: text("account_id").notNull(),
    name: text("name").notNull(),
    /** As base64url. */
    credentialId: text("credential_id").notNull().unique(),
    /** A COSE key as base64url. */
    publicKey: text("public_key").notNull(),
    /** What the authenticator counted last; 0 for one that does not count. */
    counter: integer("counter").notNull(),
    transports: text("transports", { mode: "json" }).$type<string[]>().notNull(),
    /** Kept by a provider, so that it outlives the device. */
    isSynced: flag("is_synced"),
    createdAt: time("created_at").notNull(),
    lastUsedAt: time("last_used_at"),
    /** What its newest use was spent on. */
    spentOn: text("spent_on"),
  },
  (table) => [index("passkeys_account_id").on(table.accountId)],
);

/** Changes of an account's address: asked for, and confirmed at the new one. */
export const emailChanges = sqliteTable(
  "email_changes",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    accountId: text("account_id").notNull(),
    fromEmail: text("from_email").notNull(),
    toEmail: text("to_email").notNull(),
    requestedAt: time("requested_at").notNull(),
    /** Null until it was confirmed. */
    changedAt: time("changed_at"),
  },
  (table) => [
    index("email_changes_account_id").on(table.accountId),
    index("email_changes_requested_at").on(table.requestedAt),
    // Keeps an address for whom it was taken from, for as long as they may take it back.
    index("email_changes_tenant_id_from_email")
      .on(table.tenantId, table.fromEmail)
      .where(sql`${table.changedAt} IS NOT NULL`),
  ],
);

export const keys = sqliteTable(
  "keys",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    /** Whose it is, or who made it for the tenant. */
    accountId: text("account_id").notNull(),
    kind: text("kind").$type<KeyKind>().notNull(),
    name: text("name").notNull(),
    /** How it begins, for people to tell keys apart. */
    prefix: text("prefix").notNull(),
    /** Lower-case hex SHA-256 of the key. */
    hash: text("hash").notNull().unique(),
    scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at"),
    lastUsedAt: time("last_used_at"),
  },
  (table) => [
    index("keys_tenant_id_kind_account_id").on(table.tenantId, table.kind, table.accountId),
    index("keys_expires_at").on(table.expiresAt).where(sql`${table.expiresAt} IS NOT NULL`),
  ],
);

/** Addresses whose owner followed a mailed link before there was an account. */
export const addressProofs = sqliteTable(
  "address_proofs",
  {
    tenantId: text("tenant_id").notNull(),
    email: text("email").notNull(),
    /** The number of the only link that works. */
    linkNumber: integer("link_number").notNull(),
    linkedAt: time("linked_at").notNull(),
    provedAt: time("proved_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.email] }),
    index("address_proofs_linked_at").on(table.linkedAt),
  ],
);

/**
 * Addresses that are sent nothing for a while. One that was lifted, or has ended, is kept for two weeks:
 * what comes back then comes back once more, and what is told again must not begin it anew.
 */
export const suppressedAddresses = sqliteTable(
  "suppressed_addresses",
  {
    tenantId: text("tenant_id").notNull(),
    email: text("email").notNull(),
    reason: text("reason").$type<Suppression["reason"]>().notNull(),
    detail: text("detail").notNull(),
    at: time("at").notNull(),
    until: time("until").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.email] }),
    index("suppressed_addresses_until").on(table.until),
  ],
);

/** Sites that mailed links may lead to. */
export const frontEnds = sqliteTable(
  "front_ends",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    alias: text("alias").notNull(),
    url: text("url").notNull(),
    createdAt: time("created_at").notNull(),
    changedAt: time("changed_at").notNull(),
  },
  (table) => [unique("front_ends_tenant_id_alias").on(table.tenantId, table.alias)],
);

/** What must be told of later. Rows are added and never changed: triggers of a migration refuse it. */
export const auditEvents = sqliteTable(
  "audit_events",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    event: text("event").$type<AuditEventName>().notNull(),
    /** Who did it. */
    actorId: text("actor_id").notNull(),
    /** To whom. */
    accountId: text("account_id").notNull(),
    sessionId: text("session_id"),
    /** The OAuth client that had a part in it; null where there was none. */
    clientId: text("client_id"),
    /** What it was done to or with, as people know it: a device's, key's or passkey's name. */
    subject: text("subject"),
    address: text("address").notNull(),
    city: text("city"),
    country: text("country"),
    userAgent: text("user_agent"),
    at: time("at").notNull(),
  },
  (table) => [
    index("audit_events_account_id_id").on(table.accountId, table.id),
    index("audit_events_tenant_id_id").on(table.tenantId, table.id),
  ],
);

/**
 * What holds the events together: each seal covers those that a tenant had since the one before, and
 * goes by its digest into the next.
 */
export const auditSeals = sqliteTable(
  "audit_seals",
  {
    tenantId: text("tenant_id").notNull(),
    /** Counts the seals of a tenant from 1. */
    sequence: integer("sequence").notNull(),
    /** `[[id, digest], …]` as JSON, in the order in which they were written; null once they are purged. */
    events: text("events"),
    /** Of that JSON. Digests are lower-case hex SHA-256. */
    eventsDigest: text("events_digest").notNull(),
    count: integer("count").notNull(),
    /** When the last of them was. */
    until: time("until").notNull(),
    sealedAt: time("sealed_at").notNull(),
    digest: text("digest").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sequence] }),
    index("audit_seals_until").on(table.until).where(sql`${table.events} IS NOT NULL`),
  ],
);

/** Where products hear of what happened in a tenant. */
export const webhooks = sqliteTable("webhooks", {
  id: text("id").primaryKey(),
  tenantId: text("tenant_id").notNull(),
  url: text("url").notNull(),
  /** `whsec_…` as an operator entered it; from the next run on sealed under a master secret. */
  secret: text("secret").notNull(),
  /** Signs beside the other until then. */
  previousSecret: text("previous_secret"),
  previousUntil: time("previous_until"),
  /** Which it wants; null for all. */
  events: text("events", { mode: "json" }).$type<AuditEventName[]>(),
  /** The seal that it has heard all of, and how many events of the one after it. */
  sequence: integer("sequence").notNull(),
  position: integer("position").notNull().default(0),
  failingSince: time("failing_since"),
  failures: integer("failures").notNull().default(0),
  /** What was wrong the last time, in words. */
  problem: text("problem"),
  retryAt: time("retry_at").notNull().default(sql`0`),
  /** Somebody is telling it until then. Once let go of: when its last turn began, 0 before the first. */
  claimedUntil: time("claimed_until").notNull().default(sql`0`),
  disabledAt: time("disabled_at"),
  createdAt: time("created_at").notNull(),
});

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
    /** The resources it may ask for tokens for, or is. */
    resources: text("resources", { mode: "json" }).$type<string[]>().notNull().default([]),
    firstParty: integer("first_party", { mode: "boolean" }).notNull().default(sql`0`),
    /** Who makes it, for people to read; null where nobody said. */
    owner: text("owner"),
    /** What a device and whoever approves it must have in common. */
    samePlace: text("same_place").$type<SamePlace>(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** Tokens without a session that were revoked, until they would have expired. */
export const revokedTokens = sqliteTable(
  "revoked_tokens",
  { jti: text("jti").primaryKey(), expiresAt: time("expires_at").notNull() },
  (table) => [index("revoked_tokens_expires_at").on(table.expiresAt)],
);

export const signingKeys = sqliteTable("signing_keys", {
  /** Keys are numbered: making the next one twice is a conflict, not a second key. */
  number: integer("number").primaryKey(),
  kid: text("kid").notNull(),
  publicJwk: text("public_jwk").notNull(),
  /** Sealed under a master secret, whose id it begins with. */
  sealedPrivateJwk: text("sealed_private_jwk").notNull(),
  createdAt: time("created_at").notNull(),
  /** Published from creation on, signs from here on. */
  activatesAt: time("activates_at").notNull(),
  /** An operator withdrew it: it signs and verifies nothing any more, and is not published. */
  withdrawnAt: time("withdrawn_at"),
});

/** What a run of the minute or the hour remembers for the next. */
export const marks = sqliteTable("marks", {
  name: text("name").primaryKey(),
  mark: text("mark").notNull(),
  at: time("at").notNull(),
});
