import { describe, expect, it } from "vitest";
import { mailedToken, RESET } from "../support/mail.ts";
import { somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { contracts } from "./contracts.ts";
import { given } from "./driver.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
const pairs = contracts.flatMap((one) => contracts.map((other) => ({ one, other })));

describe.each(contracts)("through $contract, somebody who forgot a password", ({ connect }) => {
  it("sets a new one by mail, is signed out everywhere and signs in with it", async () => {
    const service = startService();
    const driver = connect(service);
    const person = somebody();
    given(await driver.register(person));
    const session = given(await driver.signIn(person));

    given(await driver.requestReset(person.email));
    expect(await driver.isSignedIn(session.accessToken)).toBe(true);
    const token = await mailedToken(service, person.email, RESET);
    given(await driver.reset({ token, password: NEW_PASSWORD }));

    expect(await driver.isSignedIn(session.accessToken)).toBe(false);
    expect(await driver.signIn(person)).toEqual({ yes: false, reason: "invalid_credentials" });
    const { emailVerified } = given(await driver.signIn({ ...person, password: NEW_PASSWORD }));
    expect(emailVerified).toBe(true);
  });

  it("cannot use a link twice, and can after choosing too weak a password", async () => {
    const service = startService();
    const driver = connect(service);
    const person = somebody();
    given(await driver.register(person));
    given(await driver.requestReset(person.email));
    const token = await mailedToken(service, person.email, RESET);

    const weak = await driver.reset({ token, password: "password" });
    const strong = await driver.reset({ token, password: NEW_PASSWORD });
    const again = await driver.reset({ token, password: "another-quiet-heron" });

    expect([weak, strong, again]).toEqual([
      { yes: false, reason: "weak_password" },
      { yes: true },
      { yes: false, reason: "mailed_link_invalid" },
    ]);
  });
});

describe.each(pairs)("a password that is set through $one.contract", ({ one, other }) => {
  it(`ends the sessions of ${other.contract} and signs in there`, async () => {
    const service = startService();
    const [setting, using] = [one.connect(service), other.connect(service)];
    const person = somebody();
    given(await using.register(person));
    const { accessToken } = given(await using.signIn(person));

    given(await setting.requestReset(person.email));
    const token = await mailedToken(service, person.email, RESET);
    given(await setting.reset({ token, password: NEW_PASSWORD }));

    expect(await using.isSignedIn(accessToken)).toBe(false);
    given(await using.signIn({ ...person, password: NEW_PASSWORD }));
  });
});
