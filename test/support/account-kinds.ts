import { env } from "cloudflare:workers";
import { Browser } from "./browser.ts";
import { disableAccount } from "./disabled.ts";
import { passkeyOf } from "./passkeys.ts";
import { type Person, registered, somebody } from "./people.ts";
import type { PostOffice } from "./post-office.ts";
import { secondFactorOf } from "./second-factor.ts";

/** Somebody with an account of a kind. Whose account has no password has one that opens nothing. */
export interface Kind {
  kind: string;
  make(office: PostOffice): Promise<Person>;
}

/** Every state of an account that a stranger must not be able to tell from there being none. */
export const accountKinds: readonly Kind[] = [
  { kind: "with a proved address", make: proved },
  { kind: "with an address that is not proved", make: (office) => registered(office) },
  {
    kind: "that is disabled",
    async make(office) {
      const person = await proved(office);
      await disableAccount(person.email);
      return person;
    },
  },
  { kind: "without a password", make: passwordless },
  {
    kind: "that has to change its password",
    async make(office) {
      const person = await proved(office);
      await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
        .bind(person.email)
        .run();
      return person;
    },
  },
  {
    kind: "with a second factor",
    async make(office) {
      const person = await proved(office);
      await secondFactorOf(office, person);
      await office.deliver();
      return person;
    },
  },
  {
    kind: "with a passkey",
    async make(office) {
      const person = await proved(office);
      const browser = new Browser(office);
      await browser.signIn(person);
      await passkeyOf(browser);
      await office.deliver();
      return person;
    },
  },
];

/** People with accounts, one of each kind. */
export class Owners {
  readonly #people = new Map<string, Person>();

  static async make(office: PostOffice): Promise<Owners> {
    const owners = new Owners();
    for (const { kind, make } of accountKinds) {
      owners.#people.set(kind, await make(office));
    }
    return owners;
  }

  /** Whoever has an account of that kind. */
  of(kind: string): Person {
    const person = this.#people.get(kind);
    if (!person) {
      throw new Error(`nobody has an account ${kind}`);
    }
    return person;
  }
}

export async function proved(office: PostOffice): Promise<Person> {
  const person = await registered(office);
  const token = (await letterTo(office, person)).match(/[?&]token=([\w-]+)/)?.[1];
  await office.ask("/api/verify-email", { body: { token } });
  return person;
}

/** Made by a mailed code: nobody has set a password. */
async function passwordless(office: PostOffice): Promise<Person> {
  const person = somebody();
  const { email } = person;
  await office.ask("/api/v1/auth/send-code", { body: { email } });
  const code = (await letterTo(office, person)).match(/\b\d{6}\b/)?.[0];
  const { status } = await office.ask("/api/v1/auth/verify-code", { body: { email, code } });
  if (status !== 200) {
    throw new Error(`signing in with a code answered ${status}`);
  }
  return person;
}

async function letterTo(office: PostOffice, { email }: Person): Promise<string> {
  const letter = (await office.deliver()).find(({ to }) => to === email);
  if (!letter) {
    throw new Error("there is no letter");
  }
  return letter.text;
}
