import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { offering } from "../conformance/contracts.ts";
import { given, no } from "../conformance/driver.ts";
import { member } from "../support/members.ts";
import { somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";

const contracts = offering("join");
/** As README and docs/decisions/0004 state it, and OWASP's Password Storage cheat sheet asks. */
const DOCUMENTED = 600_000;

const iterationsOf = async (email: string) => {
  const hash = await env.DB.prepare(
    "SELECT hash FROM passwords JOIN accounts ON accounts.id = account_id WHERE email = ?",
  )
    .bind(email)
    .first<string>("hash");
  return Number(hash?.match(/^\$pbkdf2-sha256-chain\$i=(\d+),k=[0-9a-f]{8}\$/)?.[1]);
};

describe("PWD-07: a password that is stored", () => {
  it.each(contracts)(
    "through $contract is as strong as documented, unless told otherwise",
    async ({ connect }) => {
      const person = somebody();
      await connect(startService({ PASSWORD_ITERATIONS: undefined })).join(person);
      expect(await iterationsOf(person.email)).toBe(DOCUMENTED);
    },
  );

  it.each(contracts)(
    "is hashed anew when its owner signs in through $contract after the parameters rose",
    async ({ connect }) => {
      const person = await member(startService({ PASSWORD_ITERATIONS: "1000" }));
      const stronger = connect(startService({ PASSWORD_ITERATIONS: "2000" }));

      const wrong = { ...person, password: "another-otter" };
      expect(await stronger.signIn(wrong)).toEqual(no("invalid_credentials"));
      expect(await iterationsOf(person.email)).toBe(1_000);

      given(await stronger.signIn(person));
      expect(await iterationsOf(person.email)).toBe(2_000);
      given(await stronger.signIn(person));
      expect(await iterationsOf(person.email)).toBe(2_000);
    },
  );
});
