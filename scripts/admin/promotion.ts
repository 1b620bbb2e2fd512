import * as z from "zod";
import { type Sql, sql } from "../sql.ts";
import type { Whose } from "./account-options.ts";
import { isAccount } from "./find-account.ts";
import { changedAccount } from "./remote-accounts.ts";
import type { Row } from "./task.ts";

/** What ended with a higher role, and what the account goes on being signed in to with. */
export interface Promotion {
  endedCount: number;
  revokedKeyCount: number;
  means: Means;
}

type Means = z.output<typeof means>;

/** Flags are numbers in a row, and none where the admin API answers. */
const means = z.object({
  has_password: z.coerce.boolean(),
  passkeys: z.int(),
  two_factor_enabled: z.coerce.boolean(),
});

const answered = means.extend({ ...changedAccount.shape, revoked_key_count: z.int() });

export function findMeans(whose: Whose): Sql {
  return sql`SELECT hash IS NOT NULL AS has_password,
      (SELECT count(*) FROM passkeys WHERE account_id = accounts.id) AS passkeys,
      (SELECT count(*) FROM second_factors
        WHERE account_id = accounts.id AND confirmed_at IS NOT NULL) AS two_factor_enabled
    FROM accounts JOIN passwords ON account_id = accounts.id WHERE ${isAccount(whose)}`;
}

/** From what the statements of `signOut`, `revokeApiKeys` and `findMeans` gave. */
export function promotionBy(rows: {
  ended: readonly Row[];
  revoked: readonly Row[];
  means: readonly Row[];
}): Promotion {
  const { ended, revoked } = rows;
  return {
    endedCount: ended.length,
    revokedKeyCount: revoked.length,
    means: means.parse(rows.means[0]),
  };
}

/** From what the admin API answers to a change of an account. */
export function promotionIn(answer: unknown): Promotion {
  const {
    ended_count: endedCount,
    revoked_key_count: revokedKeyCount,
    ...rest
  } = answered.parse(answer);
  return { endedCount, revokedKeyCount, means: rest };
}

/**
 * What is said of it, after what it was. Nothing tells whether the owner set up what stays: whoever
 * registered the address knows the password, and a link that its owner followed proves nobody else.
 */
export function inWords(what: string, promotion: Promotion, { email }: Whose): string[] {
  const { endedCount, revokedKeyCount, means } = promotion;
  const kept = [
    ...(means.has_password ? ["its password"] : []),
    ...(means.passkeys > 0 ? [`passkeys (${means.passkeys})`] : []),
    ...(means.two_factor_enabled ? ["its authenticator app"] : []),
  ];
  const said = `${what} Sessions ended: ${endedCount}. API keys revoked: ${revokedKeyCount}.`;
  return kept.length === 0
    ? [said]
    : [
        said,
        `It keeps ${kept.join(", ")}. Whoever registered ${email} set that up, and may not be its owner: docs/operating.md, "Giving somebody a role".`,
      ];
}
