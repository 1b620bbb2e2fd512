import * as z from "zod";
import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { everyPage } from "./every-page.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { grantName } from "./read-grants.ts";
import { refuseOtherTenant } from "./refuse-other-tenant.ts";
import { type Row, task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

const texts = z.array(z.string());

/** A client as it is listed. It has a secret or not, and that is all there is to say of it. */
const client = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  grants: texts,
  scopes: texts,
  redirect_uris: texts,
  resources: texts,
  confidential: z.boolean(),
  first_party: z.boolean(),
  same_place: z.string().nullable(),
});

type Client = z.output<typeof client>;

const page = z.object({ clients: z.array(client), next_cursor: z.string().nullable() });

/** Reads, and writes nothing. */
export const listClients = command({
  summary: "Lists the clients of a tenant, and what each may do",
  options: { tenant: tenantOption },
  isOverHttp: true,
  onlyReads: true,
  examples: ["", "--remote"],

  plan: ({ tenant: slug = DEFAULT_TENANT_SLUG }) =>
    task({
      intent: `list the clients of the tenant ${slug}`,
      readsOnly: true,
      statements: {
        tenant: findTenant(slug),
        clients: sql`SELECT id, name, owner, grants, scopes, redirect_uris, resources,
            secret_hash IS NOT NULL AS confidential, first_party, same_place
          FROM clients WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${slug}) ORDER BY id`,
      },
      report({ tenant, clients }, site) {
        requireTenant(tenant, slug, site);
        return tableOf(slug, clients.map(clientOf));
      },
      overHttp: {
        scopes: ["admin:clients"],
        async carryOut(api) {
          refuseOtherTenant(slug);
          const pages = await everyPage(api, { path: "/clients" }, page);
          return tableOf(
            slug,
            pages.flatMap(({ clients }) => clients),
          );
        },
      },
    }),
});

function clientOf(row: Row): Client {
  const list = (column: string): unknown => JSON.parse(String(row[column]));
  return client.parse({
    ...row,
    grants: list("grants"),
    scopes: list("scopes"),
    redirect_uris: list("redirect_uris"),
    resources: list("resources"),
    confidential: row["confidential"] === 1,
    first_party: row["first_party"] === 1,
  });
}

function tableOf(slug: string, clients: readonly Client[]): string[] {
  if (clients.length === 0) {
    return [`The tenant ${slug} has no client.`];
  }
  return asTable([
    ["id", "name", "made by", "kind", "grants", "scopes", "leads back to", "resources"],
    ...clients.map((one) =>
      [
        one.id,
        one.name,
        one.owner ?? "",
        kindOf(one),
        one.grants.map(grantName).join(","),
        one.scopes.join(","),
        one.redirect_uris.join(","),
        one.resources.join(","),
      ].map((cell) => cell || "–"),
    ),
  ]);
}

function kindOf({ confidential, first_party, same_place }: Client): string {
  return [
    confidential ? "confidential" : "public",
    first_party && "first-party",
    same_place !== null && `same ${same_place}`,
  ]
    .filter(Boolean)
    .join(", ");
}
