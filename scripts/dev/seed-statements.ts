import { DEFAULT_TENANT_SLUG } from "../admin/tenant-option.ts";
import { developmentClients } from "../development-clients.ts";
import {
  developmentAccount,
  developmentFrontEnd,
  developmentTenant,
} from "../development-seeds.ts";
import { insertClient } from "../insert-client.ts";
import { insertFrontEnd } from "../insert-front-end.ts";
import { insertSuperadmin } from "../insert-superadmin.ts";
import { insertTenant } from "../insert-tenant.ts";
import type { NewClient } from "../new-client.ts";
import { type Sql, sql } from "../sql.ts";

/**
 * Brings what development begins with up to date. They may run any number of times, leave everything
 * else alone, and an account that is there as it is: with its password, its role, or disabled.
 */
export function seedStatements(passwordHash: string, publicUrl: string): Sql[] {
  const tenantSlug = DEFAULT_TENANT_SLUG;
  const { email } = developmentAccount;
  const { account, password } = insertSuperadmin({ tenantSlug, email, passwordHash });
  return [
    ...developmentClients.map((client) => upsertClient(client, tenantSlug)),
    account,
    password,
    insertTenant({ ...developmentTenant, isOpen: true }),
    insertFrontEnd({ tenantSlug, ...developmentFrontEnd, url: publicUrl }),
  ];
}

function upsertClient(client: NewClient, tenantSlug: string): Sql {
  return sql`${insertClient(client, tenantSlug)}
    ON CONFLICT (tenant_id, id) DO UPDATE SET
      name = excluded.name,
      secret_hash = excluded.secret_hash,
      grants = excluded.grants,
      scopes = excluded.scopes,
      redirect_uris = excluded.redirect_uris,
      resources = excluded.resources,
      first_party = excluded.first_party,
      owner = excluded.owner,
      same_place = excluded.same_place`;
}
