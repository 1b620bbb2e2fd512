import { describe, expect, it } from "vitest";
import { mailedToken, VERIFY } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { contracts, offering, pairs } from "./contracts.ts";
import { given, no } from "./driver.ts";

const WRONG = no("invalid_credentials");

describe.each(contracts)("through $contract, somebody with an account", ({ connect }) => {
  it("signs in under any spelling of the address and of composed characters, and is known", async () => {
    const service = startService();
    const driver = connect(service);
    const person = await member(service, { ...somebody(), password: "gentle-ötter-Å-river" });
    const { email, password } = person;

    const signedIn = given(
      await driver.signIn({
        email: ` ${email.toUpperCase()} `,
        password: password.normalize("NFD"),
      }),
    );

    expect([email, null]).toContain(signedIn.email);
    expect(await driver.isSignedIn(signedIn.accessToken)).toBe(true);
  });

  it("is told apart from nobody by a refusal", async () => {
    const service = startService();
    const driver = connect(service);
    const person = await member(service);

    expect(await driver.signIn({ ...person, password: `${person.password}!` })).toEqual(WRONG);
    expect(await driver.signIn({ ...person, password: ` ${person.password}` })).toEqual(WRONG);
    expect(await driver.signIn(somebody())).toEqual(WRONG);
  });
});

describe.each(contracts)("through $contract, an address that is not proved", (contract) => {
  const { connect, demandsVerifiedEmail } = contract;

  it(demandsVerifiedEmail ? "does not sign in until it is" : "signs in", async () => {
    const service = startService();
    const person = somebody();
    await service.ask("/api/register", { body: person });

    const early = await connect(service).signIn(person);
    const token = await mailedToken(service, person.email, VERIFY);
    await service.ask("/api/verify-email", { body: { token } });
    const proved = await connect(service).signIn(person);

    expect(early.yes ? "in" : early.reason).toBe(demandsVerifiedEmail ? WRONG.reason : "in");
    expect(proved.yes).toBe(true);
  });
});

describe.each(pairs(offering("join"), contracts))(
  "an account made through $from",
  ({ one, other, to }) => {
    it(`signs in through ${to}`, async () => {
      const service = startService();
      const person = somebody();
      await one.connect(service).join(person);

      const { email } = given(await other.connect(service).signIn(person));

      expect([person.email, null]).toContain(email);
    });
  },
);

describe.each(offering("register"))("through $contract, somebody who registers", (contract) => {
  const { connect, tellsTakenAddresses } = contract;

  it("may not choose a password that everybody knows", async () => {
    const driver = connect(startService());

    expect(await driver.register({ ...somebody(), password: "password" })).toEqual(
      no("weak_password"),
    );
  });

  it(
    tellsTakenAddresses
      ? "is told that an address is taken, as its documentation has it"
      : "registers a taken address to no effect and without a word",
    async () => {
      const service = startService();
      const driver = connect(service);
      const known = await member(service);
      const stranger = { ...known, password: "another-quiet-heron" };

      const answer = await driver.register(stranger);

      expect(answer).toEqual(tellsTakenAddresses ? no("address_taken") : { yes: true });
      expect(await driver.signIn(stranger)).toEqual(WRONG);
      given(await driver.signIn(known));
    },
  );
});
