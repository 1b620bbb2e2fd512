import { normaliseEmail } from "../email-address.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AccountRecord } from "./account-records.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";

const CURSOR = "account-search";

/**
 * The tenant's accounts whose address begins with a text, by address. The cursor is sealed, since the
 * address that it stands for is nothing for a URL.
 */
export const searchAccounts = administered(
  { scopes: ["admin:accounts:read", "admin:accounts"] },
  async (
    { accountRecords, sealer, tenantId }: Context,
    { emailPrefix, cursor, most }: AccountSearch,
  ): Promise<{ accounts: AccountRecord[]; next: string | null } | Refused<"invalid_request">> => {
    const afterEmail = cursor === null ? null : await sealer.open(CURSOR, cursor);
    if (cursor !== null && afterEmail === null) {
      const fields = [{ field: "cursor", issue: "must be one that was handed out" }];
      return new Refused("invalid_request", { fields });
    }
    const found = await accountRecords.search(tenantId, {
      emailPrefix: normaliseEmail(emailPrefix),
      afterEmail,
      most: most + 1,
    });
    const accounts = found.slice(0, most);
    const last = found.length > most ? accounts.at(-1) : undefined;
    return { accounts, next: last ? await sealer.seal(CURSOR, last.email) : null };
  },
);

export interface AccountSearch {
  caller: AdminCaller;
  emailPrefix: string;
  /** What an earlier page said comes next. */
  cursor: string | null;
  most: number;
}
