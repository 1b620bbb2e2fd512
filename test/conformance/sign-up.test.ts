import { describe, expect, it } from "vitest";
import { mailedToken, VERIFY } from "../support/mail.ts";
import { somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { contracts } from "./contracts.ts";
import { given, type Said, type Tokens } from "./driver.ts";

const NO: Said<Tokens> = { yes: false, reason: "refresh_token_invalid" };
const WRONG = { yes: false, reason: "invalid_credentials" };

describe.each(contracts)("through $contract, somebody", ({ connect, tellsTakenAddresses }) => {
  it("registers, confirms the address, signs in and stays signed in", async () => {
    const service = startService();
    const driver = connect(service);
    const person = somebody();

    given(await driver.register(person));
    expect(given(await driver.signIn(person)).emailVerified).toBe(false);

    const token = await mailedToken(service, person.email, VERIFY);
    given(await driver.verifyEmail(token));
    expect(await driver.verifyEmail(token)).toEqual({ yes: false, reason: "mailed_link_invalid" });

    const session = given(await driver.signIn(person));
    expect(session).toMatchObject({ email: person.email, emailVerified: true });
    expect(await driver.isSignedIn(session.accessToken)).toBe(true);
  });

  it("is told apart from nobody by no answer", async () => {
    const driver = connect(startService());
    const [member, stranger] = [somebody(), somebody()];
    given(await driver.register(member));

    expect(await driver.signIn({ ...member, password: "not the right one" })).toEqual(WRONG);
    expect(await driver.signIn(stranger)).toEqual(WRONG);
    expect(await driver.requestReset(member.email)).toEqual({ yes: true });
    expect(await driver.requestReset(stranger.email)).toEqual({ yes: true });
  });

  it.skipIf(tellsTakenAddresses)(
    "registers a taken address to no effect and without a word",
    async () => {
      const driver = connect(startService());
      const member = somebody();
      const stranger = { ...member, password: "another-quiet-heron" };
      given(await driver.register(member));

      expect(await driver.register(stranger)).toEqual({ yes: true });
      expect(await driver.signIn(stranger)).toEqual(WRONG);
      given(await driver.signIn(member));
    },
  );

  it("may not choose a password that everybody knows", async () => {
    const driver = connect(startService());

    expect(await driver.register({ ...somebody(), password: "password" })).toEqual({
      yes: false,
      reason: "weak_password",
    });
  });
});

const refreshing = contracts.filter(({ connect }) => connect(startService()).refresh);

describe.each(refreshing)("through $contract, a refresh token", ({ connect }) => {
  it("is traded for its successor, and a stolen one ends the session", async () => {
    const driver = connect(startService());
    const trade = async ({ refreshToken }: Tokens) => driver.refresh?.(refreshToken ?? "") ?? NO;
    const person = somebody();
    given(await driver.register(person));
    const first = given(await driver.signIn(person));

    const second = given(await trade(first));
    const third = given(await trade(second));

    expect(await trade(first)).toEqual(NO);
    expect(await trade(third)).toEqual(NO);
    expect(await driver.isSignedIn(first.accessToken)).toBe(false);
  });
});

const pairs = contracts.flatMap((one) => contracts.map((other) => ({ one, other })));

describe.each(pairs)("an account made through $one.contract", ({ one, other }) => {
  it(`signs in through ${other.contract}`, async () => {
    const service = startService();
    const person = somebody();
    given(await one.connect(service).register(person));

    const { email } = given(await other.connect(service).signIn(person));

    expect(email).toBe(person.email);
  });
});
