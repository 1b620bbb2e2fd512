import { sql } from "../../scripts/sql.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { EMAIL_FORMAT } from "../running/people.ts";

/** What all rows have in common. */
export interface Basis {
  /** Of everybody's password. */
  hash: string;
  /** When the first session was opened; the others follow it, 25 ms after one another, as they come. */
  begun: Date;
}

const STEP_MS = 25;
const MONTH_MS = 30 * 86_400_000;
const HALF_YEAR_MS = 6 * MONTH_MS;
/** One of so many has shown lately that the address is theirs, before there was an account. */
const PROOF_OF = 20;
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const ACCOUNT_ID = sql`printf('00000000-0000-7000-8000-%012x', n)`;
const EMAIL = sql`printf(${EMAIL_FORMAT}, n)`;

/** The statements stand on `numbers(n, place)`: the numbers of the accounts, and the order in which they come. */
export type Insert = (numbers: string, basis: Basis) => string;

export const account: Insert = (numbers, { begun }) =>
  `${numbers} ${
    sql`INSERT INTO accounts (id, tenant_id, email, name, given_name, family_name, role,
      email_verified_at, profile, created_at, updated_at)
    SELECT ${ACCOUNT_ID}, ${DEFAULT_TENANT_ID}, ${EMAIL}, 'Robin Example', 'Robin', 'Example', 'user',
      ${begun}, '{}', ${begun}, ${begun} FROM numbers`.text
  }`;

export const password: Insert = (numbers, { hash, begun }) =>
  `${numbers} ${
    sql`INSERT INTO passwords (account_id, hash, changed_at)
    SELECT ${ACCOUNT_ID}, ${hash}, ${begun} FROM numbers`.text
  }`;

export const proof: Insert = (numbers, { begun }) =>
  `${numbers} ${
    sql`INSERT INTO address_proofs (tenant_id, email, link_number, linked_at, proved_at)
    SELECT ${DEFAULT_TENANT_ID}, ${EMAIL}, 2, ${begun}, ${begun} FROM numbers WHERE n % ${PROOF_OF} = 0`
      .text
  }`;

/** Its id is a UUIDv7 of the time at which it was opened. */
export const session: Insert = (numbers, { begun }) =>
  `${openedBy(numbers, begun)} ${
    sql`INSERT INTO sessions (id, number, tenant_id, account_id, contract, user_agent, address, city,
      country, network, created_at, last_used_at, expires_at, ends_at)
    SELECT id, 1, ${DEFAULT_TENANT_ID}, ${ACCOUNT_ID}, 'planasonix', ${USER_AGENT}, '198.18.70.11',
      'Vienna', 'AT', 'Example Networks', at, at, at + ${MONTH_MS}, at + ${HALF_YEAR_MS} FROM opened`
      .text
  }`;

export const event: Insert = (numbers, { begun }) =>
  `${openedBy(numbers, begun)} ${
    sql`INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, session_id, address, city,
      country, user_agent, at)
    SELECT id, ${DEFAULT_TENANT_ID}, 'signed-in', ${ACCOUNT_ID}, ${ACCOUNT_ID}, id, '198.18.70.11',
      'Vienna', 'AT', ${USER_AGENT}, at FROM opened`.text
  }`;

/** With the session that each has: `opened(n, at, id)`. */
function openedBy(numbers: string, begun: Date): string {
  return `${numbers}, opened AS (SELECT n, at,
    substr(hex, 1, 8) || '-' || substr(hex, 9) || printf('-7000-8000-%012x', n) AS id FROM
      (SELECT n, at, printf('%012x', at) AS hex FROM
        (SELECT n, ${begun.getTime()} + place * ${STEP_MS} AS at FROM numbers)))`;
}

/** Statements after which there are so many sessions that expired long ago, and the clean-up begins with them. */
export function leaveExpired(count: number): string[] {
  const at = Date.now() - HALF_YEAR_MS;
  return [
    "DELETE FROM sessions WHERE contract = 'expired' AND id < '01'",
    "DELETE FROM marks WHERE name = 'sessions'",
    sql`WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
      INSERT INTO sessions (id, number, tenant_id, account_id, contract, user_agent, address,
        created_at, last_used_at, expires_at, ends_at)
      SELECT printf('00000000-0000-7000-8000-%012x', n), 1, ${DEFAULT_TENANT_ID}, printf('expired-%d', n),
        'expired', ${USER_AGENT}, '198.18.70.11', ${at}, ${at}, ${at}, ${at} FROM numbers`.text,
  ];
}

/** Removes what the account of an address opened after its first session. */
export const forgetSessions = `DELETE FROM sessions WHERE number > 1 AND account_id =
  (SELECT id FROM accounts WHERE tenant_id = '${DEFAULT_TENANT_ID}' AND email = ?)`;
