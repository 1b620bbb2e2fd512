import { admin } from "./admin.ts";
import { newPerson, type Person, signedInAnew } from "./person.ts";
import { stateFolder } from "./servers.ts";

/** Somebody who may do everything. */
export async function newSuperadmin(): Promise<Person> {
  const person = await newPerson();
  await admin(stateFolder(), "create-superadmin", "--email", person.email);
  // Whoever is promoted is signed out.
  return signedInAnew(person);
}
