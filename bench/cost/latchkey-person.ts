import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import type { CountedService } from "./counted-service.ts";

export interface Person {
  email: string;
  password: string;
  name: string;
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Somebody new, with a password that fits every policy. */
export function somebody(): Person {
  const id = randomUUID().slice(0, 13);
  return { email: `p-${id}@example.test`, password: `gentle-otter-${id}`, name: "Robin Example" };
}

/** Registers and proves the address with the link that was mailed. */
export async function join(service: CountedService, person = somebody()): Promise<Person> {
  await service.ask("/api/register", { json: person, expect: 201 });
  const token = await mailedToken(service, person.email, "Confirm");
  await service.ask("/api/verify-email", { json: { token } });
  return person;
}

export async function signIn(service: CountedService, person: Person): Promise<Tokens> {
  return (await service.ask<Tokens>("/api/login", { json: person })).body;
}

export async function mailedToken(
  service: CountedService,
  to: string,
  subject: string,
): Promise<string> {
  const { text } = await service.order<{ text: string }>("letter", { to, subject });
  const [, token] = text.match(/[?&]token=([\w-]+)/) ?? [];
  if (!token) {
    throw new Error(`the letter "${subject}" has no link`);
  }
  return token;
}

/** Turns a second factor on. The code of the step before is spent on it, so that the next is good at once. */
export async function turnOnSecondFactor(service: CountedService, person: Person): Promise<TOTP> {
  const { accessToken: bearer } = await signIn(service, person);
  const enrolled = await service.ask<{ data: { secret: string; enrollment_id: string } }>(
    "/api/user/mfa/enable",
    { bearer, json: { method: "totp" } },
  );
  const { secret, enrollment_id } = enrolled.body.data;
  const app = new TOTP({ secret });
  const code = app.generate({ timestamp: Date.now() - 30_000 });
  await service.ask("/api/user/mfa/verify", { bearer, json: { enrollment_id, code } });
  return app;
}

/** The cookie of somebody who signs in on the page. */
export async function signInOnPage(service: CountedService, person: Person): Promise<string> {
  const { email, password } = person;
  const { headers } = await service.ask("/signin", {
    form: { email, password },
    headers: OWN_FORM,
    expect: 303,
  });
  return headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** What a browser says of a form on one of our own pages. */
export const OWN_FORM = { "sec-fetch-site": "same-origin" } as const;
