/**
 * Where a statement may meet more than one row, and what keeps those few however many accounts and sessions
 * there are. Whoever adds a line here says why it stays so.
 */
export const BOUNDS: Readonly<Record<string, string>> = {
  // Few for everybody.
  "SCAN signing_keys": "one is made every three months, and goes when its tokens have",
  "USE TEMP B-TREE FOR ORDER BY: signing_keys": "the same",
  "front_ends_tenant_id_alias (tenant_id=?)": "an operator enters them",
  "USE TEMP B-TREE FOR ORDER BY: front_ends": "the same",

  "SCAN webhooks": "an operator enters them, at most 20 for a tenant",
  "sqlite_autoindex_webhooks_1 (id>?)": "the same",
  "USE TEMP B-TREE FOR ORDER BY: webhooks":
    "the same: an index would be written twice a turn, to sort them once a minute",

  // Few of an account or a tenant.
  "keys_tenant_id_kind_account_id (tenant_id=? AND kind=? AND account_id=?)":
    "at most 100 are made",
  "keys_tenant_id_kind_account_id (tenant_id=? AND kind=?)":
    "of service keys: at most 100 are made",
  "USE TEMP B-TREE FOR ORDER BY: keys": "of one of those two",
  "passkeys_account_id (account_id=?)": "at most 20 are added",
  "USE TEMP B-TREE FOR ORDER BY: passkeys": "the same",
  "sqlite_autoindex_recovery_codes_1 (account_id=?)": "there are eight",
  "email_changes_account_id (account_id=?)": "five an hour are mailed, and all go after three days",
  "email_changes_account_id (account_id=? AND rowid>?)": "one of them is enough",
  "email_changes_tenant_id_from_email (tenant_id=? AND from_email=?)": "the same three days",
  "USE TEMP B-TREE FOR ORDER BY: email_changes": "of those",
  "sessions_unrevoked (account_id=?)": "every sign-in ends what there is no room for",
  "sessions_unrevoked (account_id=? AND number=?)": "one has the number",
  "USE TEMP B-TREE FOR ORDER BY: sessions": "of those, to find what there is no room for",
  "sessions_actor_id (actor_id=?)": "in which one administrator acts as somebody, kept a week",

  "accounts_superadmins (tenant_id=?)": "whether there is one more",

  // The first or last of many.
  "sqlite_autoindex_clients_1 (tenant_id=? AND id>?)": "a page of them",
  "tenants_slug_unique (slug>?)": "a page of them",
  "accounts_tenant_id_email (tenant_id=? AND email>? AND email<?)": "a page of them",
  "accounts_tenant_id_email (tenant_id=?)": "whether there is any",
  "sessions_account_id_number (account_id=?)": "the highest number alone",
  "sqlite_autoindex_audit_seals_1 (tenant_id=?)": "the highest number alone",
  "audit_events_account_id_id (account_id=?)": "a page of them",
  "audit_events_account_id_id (account_id=? AND id<?)": "a page of them",
  "SCAN looked_at": "of a thousand events at most",
  "sqlite_autoindex_audit_seals_1 (tenant_id=? AND sequence>?)": "a hundred for a webhook",
  "SCAN seals": "of those hundred",
  "USE TEMP B-TREE FOR LAST TERM OF ORDER BY: audit_seals": "the events of one of them",
  "CREATE BLOOM FILTER": "of the names of the events that a webhook wants",
  "audit_events_tenant_id_id (tenant_id=?)": "a thousand at most are looked at",
  "audit_events_tenant_id_id (tenant_id=? AND id<?)": "the same thousand",
  "audit_events_tenant_id_id (tenant_id=? AND id>? AND id<?)": "the same thousand",

  // A stretch of time.
  "audit_events_account_id_id (account_id=? AND id>?)": "of three days at most",

  // A batch of the hourly round.
  "address_proofs_linked_at (linked_at<?)": "a batch",
  "email_changes_requested_at (requested_at<?)": "a batch",
  "keys_expires_at (expires_at<?)": "a batch",
  "revoked_tokens_expires_at (expires_at<?)": "a batch",
  "suppressed_addresses_until (until<?)": "a batch",
  "audit_seals_until (until<?)": "a batch",
  "SEARCH audit_events USING INTEGER PRIMARY KEY (rowid>?)":
    "a batch of those that are not sealed yet",
  "sqlite_autoindex_sessions_1 (id>? AND id<?)": "a window",
  "second_factors_sealed_secret (sealed_secret>? AND sealed_secret<?)": "a batch",
  "second_factors_sealed_secret (sealed_secret=?)": "one for each of a batch",
  "recovery_codes_digest (digest>? AND digest<?)": "a batch",
  "recovery_codes_digest (digest=?)": "one for each of a batch",

  // What no secret opens: a thousand are enough.
  "second_factors_sealed_secret (sealed_secret<?)": "a thousand",
  "second_factors_sealed_secret (sealed_secret>?)": "a thousand",
  "recovery_codes_digest (digest<?)": "a thousand",
  "recovery_codes_digest (digest>?)": "a thousand",
  "passwords_foreign_hash (hash>? AND hash<?)": "a batch, or a thousand",
  "passwords_foreign_hash (hash>?)":
    "a thousand; or for a tenant that imported, until one of its own",

  "tenants_dearest_hash (dearest_hash>?)": "those that imported dear hashes",
};

/**
 * Indexes without which a plan would read in another way that is bounded, for a statement that stops at
 * the first row. How many rows are read shows that they are needed.
 */
export const NEEDED_UNSEEN: Readonly<Record<string, string>> = {
  accounts_superadmins: "without it a tenant's accounts are gone through for another superadmin",
};

/** Methods of ports that ask no database, and that nothing here calls. */
export const ASK_NO_DATABASE: readonly string[] = [
  "throttle.undecided",
  "fences.credentialSites",
  "accessTokens.readIdToken",
  "vault.secretIds",
  "vault.move",
  "postbox.deliver",
];
