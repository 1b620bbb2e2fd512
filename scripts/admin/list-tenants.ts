import * as z from "zod";
import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { everyPage } from "./every-page.ts";
import { inUtc } from "./in-utc.ts";
import { task } from "./task.ts";

/** A tenant as it is listed. */
interface Tenant {
  slug: string;
  name: string;
  isOpen: boolean;
  /** What of its looks is its own, by name. */
  looks: readonly string[];
  createdAt: Date;
  id: string;
}

/** Reads, and writes nothing. */
export const listTenants = command({
  summary: "Lists the tenants, and who may register in each",
  options: {},
  isOverHttp: true,
  onlyReads: true,
  examples: ["", "--remote"],

  plan: () =>
    task({
      intent: "list the tenants",
      readsOnly: true,
      statements: {
        // Of a logo that it is there: it would fill screens.
        tenants: sql`SELECT id, slug, name, self_registration, created_at,
            brand ->> '$.name' IS NOT NULL AS brand_name,
            brand ->> '$.color' IS NOT NULL AS brand_color,
            brand ->> '$.logo' IS NOT NULL AS has_logo
          FROM tenants ORDER BY slug`,
      },
      report: ({ tenants }) =>
        tableOf(
          tenants.map((row) => ({
            slug: String(row["slug"]),
            name: String(row["name"]),
            isOpen: row["self_registration"] === 1,
            looks: looksOf(
              row["brand_name"] === 1,
              row["brand_color"] === 1,
              row["has_logo"] === 1,
            ),
            createdAt: new Date(Number(row["created_at"])),
            id: String(row["id"]),
          })),
        ),
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const pages = await everyPage(api, { path: "/tenants" }, page);
          return tableOf(pages.flatMap(({ tenants }) => tenants));
        },
      },
    }),
});

const page = z.object({
  tenants: z.array(
    z
      .object({
        slug: z.string(),
        name: z.string(),
        registration: z.enum(["open", "closed"]),
        brand_name: z.string().nullable(),
        brand_color: z.string().nullable(),
        has_logo: z.boolean(),
        created_at: z.coerce.date(),
        id: z.string(),
      })
      .transform(
        ({ registration, brand_name, brand_color, has_logo, created_at, ...named }): Tenant => ({
          ...named,
          isOpen: registration === "open",
          looks: looksOf(brand_name !== null, brand_color !== null, has_logo),
          createdAt: created_at,
        }),
      ),
  ),
  next_cursor: z.string().nullable(),
});

function looksOf(hasName: boolean, hasColor: boolean, hasLogo: boolean): string[] {
  return [hasName && "name", hasColor && "color", hasLogo && "logo"].filter((one) => one !== false);
}

function tableOf(tenants: readonly Tenant[]): string[] {
  return asTable([
    ["slug", "name", "registration", "own looks", "made", "id"],
    ...tenants.map(({ slug, name, isOpen, looks, createdAt, id }) => [
      slug,
      name,
      isOpen ? "open" : "closed",
      looks.join(",") || "–",
      // The default tenant comes with the schema, and was made by nobody.
      createdAt.getTime() === 0 ? "–" : inUtc(createdAt.getTime()),
      id,
    ]),
  ]);
}
