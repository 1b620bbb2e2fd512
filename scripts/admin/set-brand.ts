import { type BrandSettings, isColor } from "../../src/core/tenant/brand.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { askOfTenant } from "./ask-of-tenant.ts";
import { changeTenant } from "./change-tenant.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { readLogo } from "./read-logo.ts";
import { readName } from "./read-name.ts";
import { task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** What is not given stays as it is. */
export const setBrand = command({
  summary: "Gives the pages and mails of a tenant its looks",
  options: {
    tenant: tenantOption,
    name: { value: "name", what: "what people read on every page" },
    color: { value: "#rrggbb", what: "of buttons and links; made readable where it is not" },
    logo: { value: "file", what: "svg, png or webp of at most 8 KiB, shown as an image alone" },
    clear: { what: "back to the looks of the service" },
  },
  isOverHttp: true,
  examples: ["--name Acme --color '#0b5a54' --logo acme.svg", "--tenant acme --clear"],

  plan({ tenant: slug = DEFAULT_TENANT_SLUG, name, color, logo, clear }) {
    const settings: BrandSettings = {
      ...(name !== undefined && { name: readName(name) }),
      ...(color !== undefined && { color: readColor(color) }),
      ...(logo !== undefined && { logo: readLogo(logo) }),
    };
    const set = Object.keys(settings);
    if (clear === set.length > 0) {
      throw new Problem(
        "Say how the tenant looks, or that it has no looks of its own.",
        "Give --name, --color or --logo, or --clear alone.",
      );
    }
    const brand = clear
      ? sql`NULL`
      : sql`json_patch(coalesce(brand, '{}'), ${JSON.stringify(settings)})`;
    const done = clear
      ? `The tenant ${slug} looks like the service again, within a minute.`
      : `The tenant ${slug} has its ${set.join(" and ")}, within a minute.`;
    return task({
      intent: `${clear ? "clear the looks" : `set the ${set.join(" and ")}`} of the tenant ${slug}`,
      statements: {
        tenant: findTenant(slug),
        ...changeTenant(slug, { setting: "brand", to: brand, changed: "brand" }),
      },
      report({ tenant }, site) {
        requireTenant(tenant, slug, site);
        return [done];
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const body = clear
            ? { brand_name: null, brand_color: null, brand_logo: null }
            : inWords(settings);
          await askOfTenant(api, slug, { method: "PATCH", body });
          return [done];
        },
      },
    });
  },
});

/** As the admin API calls them. */
function inWords({ name, color, logo }: BrandSettings) {
  return {
    ...(name !== undefined && { brand_name: name }),
    ...(color !== undefined && { brand_color: color }),
    ...(logo && { brand_logo: logo.base64 }),
  };
}

function readColor(given: string): string {
  if (!isColor(given)) {
    throw new Problem(
      `${JSON.stringify(given)} is not a colour.`,
      "Give six hexadecimal digits, in quotes, since a shell takes # for a comment: --color '#0b5a54'",
    );
  }
  return given.toLowerCase();
}
