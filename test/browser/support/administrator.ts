import { executeSql } from "../../../scripts/admin/execute-sql.ts";
import { type Sql, sql } from "../../../scripts/sql.ts";
import { newPerson, type Person } from "../../live/support/person.ts";
import { stateFolder } from "../../live/support/servers.ts";

let made: Promise<Person> | undefined;

/** Somebody who administers the tenant: the same for all tests of a file. */
export function administrator(): Promise<Person> {
  made ??= makeAdministrator();
  return made;
}

async function makeAdministrator(): Promise<Person> {
  const person = await newPerson();
  await atOnce(sql`UPDATE accounts SET role = 'superadmin' WHERE id = ${person.id}`);
  return person;
}

/** Makes every sign-in of somebody eleven minutes older. */
export function ageSignIns({ id }: Person): Promise<void> {
  const ELEVEN_MINUTES_MS = 660_000;
  return atOnce(
    sql`UPDATE sessions SET created_at = created_at - ${ELEVEN_MINUTES_MS},
      authenticated_at = authenticated_at - ${ELEVEN_MINUTES_MS} WHERE account_id = ${id}`,
  );
}

/** Straight to the database of this run. */
async function atOnce(statement: Sql): Promise<void> {
  const place = { remote: false, persistTo: stateFolder() } as const;
  await executeSql([statement], place, new AbortController().signal);
}
