import { sql } from "../../../scripts/sql.ts";
import { newPerson, type Person } from "../../live/support/person.ts";
import { onDatabase } from "./on-database.ts";

let made: Promise<Person> | undefined;

/** Somebody who administers the tenant: the same for all tests of a file. */
export function administrator(): Promise<Person> {
  made ??= makeAdministrator();
  return made;
}

async function makeAdministrator(): Promise<Person> {
  const person = await newPerson();
  await onDatabase(sql`UPDATE accounts SET role = 'superadmin' WHERE id = ${person.id}`);
  return person;
}

/** Makes every sign-in of somebody eleven minutes older. */
export function ageSignIns({ id }: Person): Promise<void> {
  const ELEVEN_MINUTES_MS = 660_000;
  return onDatabase(
    sql`UPDATE sessions SET created_at = created_at - ${ELEVEN_MINUTES_MS},
      authenticated_at = authenticated_at - ${ELEVEN_MINUTES_MS} WHERE account_id = ${id}`,
  );
}
