import { Sql, sql } from "../../sql.ts";

/** Each page is read at once; with all its passkeys and keys an account has some kilobytes. */
const PAGE_ROWS = 250;

/**
 * The accounts of a tenant whose address comes after one, in that order, each as a line that `import`
 * takes: with its password's hash, its second factor and its recovery codes as they are stored.
 */
export function accountsPage(tenantId: string, after: string): Sql {
  return sql`SELECT email, json_object(
      'id', a.id, 'email', email, 'email_verified_at', ${iso("email_verified_at")},
      'name', name, 'given_name', given_name, 'family_name', family_name, 'role', role,
      'disabled_at', ${iso("disabled_at")},
      'password_hash', p.hash, 'password_changed_at', ${iso("p.changed_at")},
      'must_reset_password', ${bool("must_reset_password")}, 'zapier', ${bool("zapier")},
      'profile', json(profile), 'created_at', ${iso("created_at")}, 'updated_at', ${iso("updated_at")},
      'trial_ends_at', ${iso("trial_ends_at")},
      'second_factor', (SELECT json_object('sealed_secret', sealed_secret,
          'confirmed_at', ${iso("confirmed_at")}, 'last_step', last_step)
        FROM second_factors WHERE account_id = a.id AND confirmed_at IS NOT NULL),
      'recovery_codes', (SELECT json_group_array(digest) FROM recovery_codes
        WHERE account_id = a.id AND spent_on IS NULL),
      'passkeys', (SELECT json_group_array(json_object('id', id, 'name', name,
          'credential_id', credential_id, 'public_key', public_key, 'counter', counter,
          'transports', json(transports), 'synced', ${bool("is_synced")},
          'created_at', ${iso("passkeys.created_at")}, 'last_used_at', ${iso("last_used_at")}))
        FROM passkeys WHERE account_id = a.id),
      'keys', (SELECT json_group_array(json_object('id', id, 'kind', kind, 'name', name,
          'prefix', prefix, 'hash', hash, 'scopes', json(scopes), 'created_at', ${iso("keys.created_at")},
          'expires_at', ${iso("expires_at")}, 'last_used_at', ${iso("last_used_at")}))
        FROM keys WHERE tenant_id = a.tenant_id AND kind IN ('api', 'service') AND account_id = a.id)
    ) AS line
    FROM accounts AS a LEFT JOIN passwords AS p ON p.account_id = a.id
    WHERE a.tenant_id = ${tenantId} AND email > ${after} ORDER BY email LIMIT ${PAGE_ROWS}`;
}

/** RFC 3339 in UTC, to the millisecond. */
function iso(column: string): Sql {
  return new Sql(`strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`);
}

function bool(column: string): Sql {
  return new Sql(`json(iif(${column}, 'true', 'false'))`);
}
