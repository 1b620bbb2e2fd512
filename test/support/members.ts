import { env } from "cloudflare:workers";
import { planasonix } from "../conformance/drivers/planasonix.ts";
import { type Person, registered, somebody } from "./people.ts";
import type { TestService } from "./service.ts";

/** Somebody with an account whose address is proved: who may sign in through every contract. */
export async function member(service: TestService, person = somebody()): Promise<Person> {
  await planasonix.connect(service).join?.(person);
  return person;
}

/** The same, without a mail to wait for. */
export async function provedMember(service: TestService, person?: Person): Promise<Person> {
  const known = await registered(service, person);
  await env.DB.prepare("UPDATE accounts SET email_verified_at = created_at WHERE email = ?")
    .bind(known.email)
    .run();
  return known;
}
