import type { TestService } from "./service.ts";

export interface Person {
  email: string;
  password: string;
  name: string;
}

export interface SignedInBody {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  tokenType: string;
  user: { id: string; email: string; name: string; emailVerified: boolean };
}

/** Somebody new, with a password that the policy accepts. */
export function somebody(name = "Robin Example"): Person {
  const id = crypto.randomUUID().slice(0, 13);
  return { email: `p-${id}@example.test`, password: `gentle-otter-${id}`, name };
}

/** Registers somebody over HTTP. */
export async function registered(service: TestService, person = somebody()): Promise<Person> {
  const { status } = await service.ask("/api/register", { body: person });
  if (status !== 201) {
    throw new Error(`registration answered ${status}`);
  }
  return person;
}

/** Registers somebody and signs them in over HTTP. */
export async function signedIn(
  service: TestService,
  person?: Person,
): Promise<SignedInBody & { person: Person }> {
  const known = person ?? (await registered(service));
  const { email, password } = known;
  const { status, body } = await service.ask<SignedInBody>("/api/login", {
    body: { email, password },
  });
  if (status !== 200) {
    throw new Error(`sign-in answered ${status}`);
  }
  return { ...body, person: known };
}
