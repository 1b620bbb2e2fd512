import { randomUUID } from "node:crypto";
import type { Answer, Asked, CountedService } from "./counted-service.ts";

/** Its own, by which its check of origins goes. */
export const ORIGIN = "http://localhost:8800";

export interface Person {
  email: string;
  password: string;
  name: string;
}

type Ask = <Body>(path: string, asked?: Asked) => Promise<Answer<Body>>;

export function asking(service: CountedService): Ask {
  return (path, asked = {}) =>
    service.ask(`/api/auth${path}`, { ...asked, headers: { origin: ORIGIN, ...asked.headers } });
}

export async function letterTo(
  service: CountedService,
  to: string,
  subject: string,
): Promise<string> {
  return (await service.order<{ text: string }>("letter", { to, subject })).text;
}

export async function tokenTo(
  service: CountedService,
  to: string,
  subject: string,
): Promise<string> {
  return (await letterTo(service, to, subject)).split("token=")[1] ?? "";
}

/** Signs up and follows the mailed link. */
export async function join(service: CountedService): Promise<Person> {
  const id = randomUUID();
  const person = { email: `p-${id}@example.test`, password: `gentle-otter-${id}`, name: "Robin" };
  const ask = asking(service);
  await ask("/sign-up/email", { json: person });
  await ask(`/verify-email?token=${await tokenTo(service, person.email, "verify")}`);
  return person;
}

export function cookiesIn({ headers }: Answer<unknown>): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

export async function signIn(
  service: CountedService,
  { email, password }: Person,
): Promise<string> {
  return cookiesIn(await asking(service)("/sign-in/email", { json: { email, password } }));
}
