import { isReplyTo, isSenderName } from "../../src/core/mail/letter-texts.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { askOfTenant } from "./ask-of-tenant.ts";
import { changeTenant } from "./change-tenant.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { forPeopleAlone } from "./for-people-alone.ts";
import { task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** The address stays that of MAIL_FROM, which mailboxes know may send. */
export const setSender = command({
  summary: "Says who a tenant's letters come from, and where answers go",
  options: {
    tenant: tenantOption,
    name: { value: "name", what: "before the address in MAIL_FROM" },
    "reply-to": { value: "address", what: "where answers go" },
    clear: { what: "as the service sends its own" },
  },
  isOverHttp: true,
  examples: ['--tenant acme --name "Acme" --reply-to help@acme.example', "--tenant acme --clear"],

  plan({ tenant: slug = DEFAULT_TENANT_SLUG, name, "reply-to": replyTo, clear }) {
    if (clear === (name !== undefined || replyTo !== undefined)) {
      throw new Problem(
        "Say who the letters come from, or that they come from the service.",
        "Give --name or --reply-to or both, or --clear alone.",
      );
    }
    refuseWrong(name, replyTo);
    const patch: { senderName?: string | null; replyTo?: string | null } = clear
      ? { senderName: null, replyTo: null }
      : {
          ...(name !== undefined && { senderName: name }),
          ...(replyTo !== undefined && { replyTo }),
        };
    const of = clear ? "the service" : [name, replyTo].filter(Boolean).join(", answers to ");
    const done = `The letters of the tenant ${slug} come from ${of}, within a minute.`;
    const letters = sql`json_patch(coalesce(letters, '{}'), ${JSON.stringify(patch)})`;
    return task({
      intent: `${clear ? "clear" : "set"} who the letters of the tenant ${slug} come from`,
      statements: {
        tenant: findTenant(slug),
        ...changeTenant(slug, { setting: "letters", to: letters, changed: "sender" }),
      },
      report({ tenant }, site) {
        requireTenant(tenant, slug, site);
        return [done];
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const { senderName, replyTo } = patch;
          const body = {
            ...(senderName !== undefined && { sender_name: senderName }),
            ...(replyTo !== undefined && { reply_to: replyTo }),
          };
          await askOfTenant(api, slug, { method: "PATCH", body, refusals: forPeopleAlone() });
          return [done];
        },
      },
    });
  },
});

function refuseWrong(name: string | undefined, replyTo: string | undefined): void {
  if (name !== undefined && !isSenderName(name)) {
    throw new Problem(
      `${JSON.stringify(name)} is no name for a sender.`,
      "Give at most 60 plain characters without <, > and @: programs would take those for an address.",
    );
  }
  if (replyTo !== undefined && !isReplyTo(replyTo)) {
    throw new Problem(
      `${JSON.stringify(replyTo)} is not an e-mail address.`,
      "Give it as in --reply-to help@acme.example",
    );
  }
}
