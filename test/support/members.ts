import { planasonix } from "../conformance/drivers/planasonix.ts";
import { type Person, somebody } from "./people.ts";
import type { TestService } from "./service.ts";

/** Somebody with an account whose address is proved: who may sign in through every contract. */
export async function member(service: TestService, person = somebody()): Promise<Person> {
  await planasonix.connect(service).join?.(person);
  return person;
}
