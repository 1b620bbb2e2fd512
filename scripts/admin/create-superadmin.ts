import { databaseNow } from "../database-clock.ts";
import { insertSuperadmin } from "../insert-superadmin.ts";
import { type Sql, sql } from "../sql.ts";
import { accountOptions, optionsOf, readWhose, type Whose } from "./account-options.ts";
import { accountRefusals, askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { howToSetAPassword } from "./how-to-set-a-password.ts";
import { findMeans, inWords, type Promotion, promotionBy, promotionIn } from "./promotion.ts";
import { findRemote } from "./remote-accounts.ts";
import { revokeApiKeys } from "./revoke-api-keys.ts";
import { scopesIn } from "./scopes-in.ts";
import { signOut } from "./sign-out.ts";
import { type Row, type Site, task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

/**
 * The account gets no password, so that none stands on a command line: its owner sets one through the
 * mailbox. What was set up by someone who never proved the address is taken off the account first, and a
 * promoted account's sessions end, with what it approved before, and its API keys go; what stays is named.
 * Whoever is a superadmin beside it is named: a stranger may have been the first in an open tenant.
 */
export const createSuperadmin = command({
  summary: "Makes an account that may do everything in its tenant, or promotes one that is there",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email ada@example.com", "--email ada@example.com --tenant acme"],

  plan(given) {
    const whose = readWhose(given);
    const { email, slug } = whose;
    const isPromotedOrProved = sql`${isAccount(whose)}
      AND (role <> 'superadmin' OR email_verified_at IS NULL)`;
    const inserted = insertSuperadmin({ tenantSlug: slug, email, passwordHash: null });
    return task({
      intent: `make ${email}, and so whoever knows its password, a superadmin of the tenant ${slug}, as an address that is proved`,
      statements: {
        tenant: findTenant(slug),
        before: findAccount(whose),
        ...signOut(isPromotedOrProved),
        ...revokeApiKeys(isPromotedOrProved),
        ...takeFromUnproved(whose),
        proved: sql`UPDATE accounts SET email_verified_at = ${databaseNow}, updated_at = ${databaseNow}
          WHERE ${isAccount(whose)} AND email_verified_at IS NULL`,
        toldProved: tellEvent("account-changed", whose, "e-mail verified"),
        promoted: sql`UPDATE accounts SET role = 'superadmin', updated_at = ${databaseNow}
          WHERE ${isAccount(whose)} AND role <> 'superadmin'`,
        toldPromoted: tellEvent("role-changed", whose, "superadmin"),
        made: inserted.account,
        toldMade: tellEvent("account-created", whose, "superadmin"),
        madePassword: inserted.password,
        account: findAccount(whose),
        means: findMeans(whose),
        others: sql`SELECT email, disabled_at FROM accounts
          WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${slug})
            AND role = 'superadmin' AND email <> ${email} ORDER BY email`,
      },
      report({ tenant, before: [before], account, others, ...rows }, site) {
        const { disabled_at: disabledAt } = requireAccount({ tenant, account }, whose, site);
        const promotion = promotionBy(rows);
        const lines = before ? outcome(whose, before["role"], promotion) : [made(whose)];
        if (before?.["email_verified_at"] === null) {
          lines.push("Its address had not been proved: its password, sessions and keys are gone.");
        }
        if (disabledAt !== null) {
          lines.push(disabled(whose, site));
        }
        lines.push(...whoElse(others, whose, site));
        return promotion.means.has_password ? lines : [...lines, ...howToSetAPassword(whose, site)];
      },
      overHttp: {
        scopes: scopesIn(slug, "admin:accounts"),
        async carryOut(api) {
          const before = await findRemote(api, whose);
          if (!before) {
            const body = { email, role: "superadmin", email_verified: true, invite: true };
            const about = { tenant: slug, refusals: accountRefusals(whose, api.site) };
            await api.ask({ method: "POST", path: "/accounts", ...about, body });
            return [made(whose), "A link to set a password was mailed there."];
          }
          // An address that nobody proved is refused by the service: there it gets no power.
          const body = { role: "superadmin" };
          const answer = await askOfAccount(api, whose, { id: before.id, method: "PATCH", body });
          return [
            ...outcome(whose, before.role, promotionIn(answer)),
            ...(before.disabled ? [disabled(whose, api.site)] : []),
          ];
        },
      },
    });
  },
});

/** Whoever registered first in an open tenant is one, and may be a stranger. */
function whoElse(others: readonly Row[], { slug }: Whose, site: Site): string[] {
  if (others.length === 0) {
    return [];
  }
  const named = others.map(({ email, disabled_at: at }) =>
    at === null ? email : `${email} (disabled)`,
  );
  return [
    `Other superadmins of the tenant ${slug}: ${named.join(", ")}.`,
    `Of whom you do not know: ${site.admin(`disable-account --tenant ${slug} --email …`)}`,
  ];
}

function disabled(whose: Whose, site: Site): string {
  return `It is disabled: ${site.admin(`enable-account ${optionsOf(whose)}`)}`;
}

function made({ email, slug }: Whose): string {
  return `Made ${email}, a superadmin of the tenant ${slug}.`;
}

function outcome(whose: Whose, before: unknown, promotion: Promotion): string[] {
  const { email, slug } = whose;
  return before === "superadmin"
    ? [`${email} is a superadmin of the tenant ${slug} already.`]
    : inWords(
        `Promoted ${email} from ${before} to superadmin of the tenant ${slug}.`,
        promotion,
        whose,
      );
}

/** Whoever registered a stranger's address knows that account's password, and must not inherit it. */
function takeFromUnproved(whose: Whose): Record<`taken${number}`, Sql> {
  const unproved = sql`account_id IN
    (SELECT id FROM accounts WHERE ${isAccount(whose)} AND email_verified_at IS NULL)`;
  return {
    taken1: sql`UPDATE passwords SET hash = NULL, reset_link_number = reset_link_number + 1
      WHERE ${unproved}`,
    taken2: sql`DELETE FROM keys WHERE ${unproved}`,
    taken3: sql`DELETE FROM second_factors WHERE ${unproved}`,
    taken4: sql`DELETE FROM recovery_codes WHERE ${unproved}`,
  };
}
