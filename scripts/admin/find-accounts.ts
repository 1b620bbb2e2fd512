import * as z from "zod";
import type { AccountRecord } from "../../src/core/admin/account-records.ts";
import { normaliseEmail } from "../../src/core/email-address.ts";
import { d1AccountRecords } from "../../src/storage/d1/account-records.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { everyPage } from "./every-page.ts";
import { tenantOf } from "./find-tenant.ts";
import { inUtc } from "./in-utc.ts";
import { scopesIn } from "./scopes-in.ts";
import { storageOn } from "./storage-on.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work, Workplace } from "./work.ts";

/** Accounts that are read at a time. */
const PAGE = 1000;

/** Reads, and writes nothing. */
export const findAccounts = command({
  summary: "Lists the accounts whose address begins with a text, and how each stands",
  options: {
    "email-prefix": {
      value: "text",
      what: "how it begins; without it, every account of the tenant",
    },
    tenant: tenantOption,
  },
  isOverHttp: true,
  onlyReads: true,
  examples: ["--email-prefix ada@", "--tenant acme --remote"],

  plan({ "email-prefix": given = "", tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    const prefix = normaliseEmail(given);
    const which = prefix === "" ? "" : ` whose address begins with ${prefix}`;
    const listed = (accounts: readonly Listed[]) =>
      accounts.length === 0 ? [`The tenant ${slug} has no account${which}.`] : tableOf(accounts);
    return {
      intent: `list the accounts of the tenant ${slug}${which}`,
      readsOnly: true,
      async run(place) {
        const { tenantId } = await tenantOf(place, slug);
        return listed(await search(place, tenantId, prefix));
      },
      overHttp: {
        scopes: scopesIn(slug, "admin:accounts:read"),
        async carryOut(api) {
          const query = { email_prefix: prefix };
          const list = { path: "/accounts", tenant: slug, query };
          const pages = await everyPage(api, list, page);
          return listed(pages.flatMap(({ accounts }) => accounts));
        },
      },
    };
  },
});

/** An account as it is listed. */
type Listed = Pick<AccountRecord, "id" | "email" | "role" | "createdAt"> & {
  /** What is not as with most. */
  remarks: readonly string[];
};

async function search(
  { database, stop }: Workplace,
  tenantId: string,
  emailPrefix: string,
): Promise<Listed[]> {
  const records = d1AccountRecords(storageOn(database));
  const found: AccountRecord[] = [];
  for (let most = PAGE; most === PAGE; ) {
    const afterEmail = found.at(-1)?.email ?? null;
    const next = await records.search(tenantId, { emailPrefix, afterEmail, most });
    stop.throwIfAborted();
    found.push(...next);
    most = next.length;
  }
  return found.map((account) => ({
    ...account,
    remarks: remarksOn({
      disabled: account.disabledAt !== null,
      email_verified: account.emailVerifiedAt !== null,
      must_reset_password: account.mustResetPassword,
      two_factor_enabled: account.twoFactorEnabled,
      zapier: account.zapier,
    }),
  }));
}

const standing = {
  disabled: z.boolean(),
  email_verified: z.boolean(),
  must_reset_password: z.boolean(),
  two_factor_enabled: z.boolean(),
  zapier: z.boolean(),
};

const page = z.object({
  accounts: z.array(
    z
      .object({
        id: z.string(),
        email: z.string(),
        role: z.enum(["user", "admin", "superadmin"]),
        created_at: z.coerce.date(),
        ...standing,
      })
      .transform(
        ({ id, email, role, created_at: createdAt, ...stands }): Listed => ({
          ...{ id, email, role, createdAt },
          remarks: remarksOn(stands),
        }),
      ),
  ),
  next_cursor: z.string().nullable(),
});

function remarksOn(account: { [K in keyof typeof standing]: boolean }): string[] {
  return [
    account.disabled && "disabled",
    !account.email_verified && "address not proved",
    account.must_reset_password && "must reset password",
    account.two_factor_enabled && "second factor",
    account.zapier && "zapier",
  ].filter((one) => one !== false);
}

function tableOf(accounts: readonly Listed[]): string[] {
  return asTable([
    ["address", "role", "", "made", "id"],
    ...accounts.map(({ email, role, remarks, createdAt, id }) => [
      email,
      role,
      remarks.join(", ") || "–",
      inUtc(createdAt.getTime()),
      id,
    ]),
  ]);
}
