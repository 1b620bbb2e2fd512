import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountKinds, type Kind, proved } from "../support/account-kinds.ts";
import { attempt, NOBODYS, passwordEntrances } from "../support/address-entrances.ts";
import { Browser } from "../support/browser.ts";
import { stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import { FOREIGN_PASSWORD, giveForeignHash, pbkdf2Hash } from "../support/foreign-hashes.ts";
import { type Person, registered, somebody } from "../support/people.ts";
import { type PostOffice, startPostOffice } from "../support/post-office.ts";
import { traceCalls } from "../support/trace-calls.ts";

const OURS = 5_000;
const DEAREST = 8_000;

const kinds: readonly Kind[] = [
  ...accountKinds,
  importedKind("with the dearest hash", DEAREST),
  importedKind("with a hash that is dearer than ours", 6_000),
  importedKind("with a hash that is cheaper than ours", 2_000),
  importedKind("with the dearest hash, and disabled since", DEAREST, async (person) => {
    await disableAccount(person.email);
  }),
];

function importedKind(
  kind: string,
  iterations: number,
  change: (person: Person) => Promise<void> = async () => {},
): Kind {
  return {
    kind,
    async make(service) {
      const person = await proved(service);
      await giveForeignHash(person.email, await pbkdf2Hash(iterations, FOREIGN_PASSWORD));
      await change(person);
      return { ...person, password: FOREIGN_PASSWORD };
    },
  };
}

/** Everywhere that a stranger's password is compared. */
const entrances = [
  ...passwordEntrances().map((row) => ({
    entrance: row.endpoint,
    ask: (who: { email: string; password: string }): Promise<unknown> => attempt(office, row, who),
  })),
  {
    entrance: "the form that is sent to /signin",
    async ask({ email, password }: { email: string; password: string }): Promise<unknown> {
      const browser = new Browser(office);
      const { form } = await browser.open("/signin");
      return (await browser.submit(form("/signin"), { email, password })).status;
    },
  },
];

let office: PostOffice;
const people = new Map<string, Person>();

beforeAll(async () => {
  office = startPostOffice({ MAILS_PER_HOUR: "100", PASSWORD_ITERATIONS: String(OURS) });
  for (const { kind, make } of kinds) {
    people.set(kind, await make(office));
  }
  // As the import of these accounts has it.
  await env.DB.prepare("UPDATE tenants SET dearest_hash = ? WHERE slug = 'default'")
    .bind(DEAREST)
    .run();
});

beforeEach(() => void stopClock());

/** What a stranger sees, what is asked of the stores in order, and how much is hashed in all. */
async function observed(
  { ask }: (typeof entrances)[number],
  { email, password = NOBODYS }: { email: string; password?: string },
) {
  let answer: unknown;
  const calls = await traceCalls(async () => {
    answer = await ask({ email, password });
  });
  const rounds = calls.map((call) => Number(/^hash of (\d+) rounds$/.exec(call)?.[1] ?? 0));
  return {
    answer: JSON.parse(JSON.stringify(answer).replaceAll(email, "(address)")) as unknown,
    calls: calls.filter((call) => !call.startsWith("hash of")),
    rounds: rounds.reduce((sum, each) => sum + each, 0),
  };
}

describe.each(entrances)("ENU-02: in a tenant that imported dear hashes, $entrance", (entrance) => {
  it.each(kinds)(
    "answers a wrong password for an account $kind as for none, after as much hashing as the dearest asks for",
    async ({ kind }) => {
      // The first request of all may fill what the isolate remembers.
      await observed(entrance, somebody());

      const unknown = await observed(entrance, { email: somebody().email });
      const known = await observed(entrance, { email: people.get(kind)?.email ?? "" });

      expect(unknown.rounds).toBe(DEAREST);
      expect(known).toEqual(unknown);
    },
  );

  it.each(["that is disabled", "with the dearest hash, and disabled since"])(
    "answers the right password alike for an account %s",
    async (kind) => {
      await observed(entrance, somebody());
      const unknown = await observed(entrance, { email: somebody().email });

      expect(await observed(entrance, people.get(kind) ?? somebody())).toEqual(unknown);
    },
  );
});

describe("ENU-02: in a tenant that imported dear hashes", () => {
  const terms = passwordEntrances().filter(({ surface }) => surface.terms.demandsVerifiedEmail);

  it.each(terms)(
    "$endpoint answers the right password alike where the address is not proved",
    async ({ endpoint }) => {
      const entrance = entrances.find((each) => each.entrance === endpoint);
      const person = await registered(office);
      await giveForeignHash(person.email, await pbkdf2Hash(DEAREST, FOREIGN_PASSWORD));
      const { email } = person;
      if (!entrance) {
        throw new Error("there is no such entrance");
      }
      await observed(entrance, somebody());

      const unknown = await observed(entrance, { email: somebody().email });

      expect(await observed(entrance, { email, password: FOREIGN_PASSWORD })).toEqual(unknown);
    },
  );
});
