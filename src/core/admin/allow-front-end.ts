import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { FrontEnd } from "../tenant/front-end.ts";
import { FRONT_END_ALIAS, frontEndUrl, problemOfFrontEndUrl } from "../tenant/front-end-url.ts";
import { administered } from "./administered.ts";
import { findTenantRecord, type OneFrontEnd } from "./front-end-target.ts";
import { refuseClient } from "./refuse-client.ts";
import { tenantChanged } from "./tenant-changed.ts";

/** Lets a tenant's mailed links lead to a site, in place of the one that the alias named before. */
export const allowFrontEnd = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    { caller, slug, alias, url }: OneFrontEnd & { url: string },
  ): Promise<
    | FrontEnd
    | Refused<"invalid_request" | "tenant_unknown" | "person_only" | "access_token_invalid">
  > => {
    const refused = refuseClient(caller) ?? refuseWrong({ alias, url });
    if (refused) {
      return refused;
    }
    const tenant = await findTenantRecord(context, slug);
    if (tenant instanceof Refused) {
      return tenant;
    }
    const { clock, frontEndRecords, randomness } = context;
    const frontEnd = { id: randomness.id(clock.now()), alias, url: frontEndUrl(url) };
    const event = tenantChanged(context, caller, { slug, subject: `front end ${alias}` });
    const allowed = await frontEndRecords.allow(tenant.id, frontEnd, event);
    return allowed ?? new Refused("access_token_invalid");
  },
);

function refuseWrong({ alias, url }: Pick<FrontEnd, "alias" | "url">) {
  const issue = problemOfFrontEndUrl(url);
  const fields = [
    ...(FRONT_END_ALIAS.test(alias) ? [] : [{ field: "alias", issue: ALIAS_ISSUE }]),
    ...(issue === null ? [] : [{ field: "url", issue }]),
  ];
  return fields.length > 0 ? new Refused("invalid_request", { fields }) : null;
}

const ALIAS_ISSUE =
  "must be up to 64 letters, digits, dots, dashes and underscores, a letter or digit first";
