import { describe, expect, it } from "vitest";
import { Authenticator } from "../support/authenticator.ts";
import { stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import type { Person } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";
import { contracts, offering, pairs } from "./contracts.ts";
import { given, no, type TotpDriver } from "./driver.ts";

const WRONG_CODE = no("second_factor_invalid");

/** Somebody who turned a second factor on through one contract, with the app that shows its codes. */
async function turnOn(totp: TotpDriver, accessToken: string, { password }: Person) {
  const { secret, handle } = given(await totp.enrol(accessToken, password));
  const app = new Authenticator(secret);
  const confirmation = { handle, code: app.code() };
  const { recoveryCodes } = given(await totp.confirm(accessToken, confirmation));
  return { app, recoveryCodes };
}

async function protectedMember(service: TestService, contract = offering("totp")[0]) {
  const driver = contract?.connect(service);
  const person = await member(service);
  if (!driver) {
    throw new Error("no contract offers a second factor");
  }
  const { accessToken } = given(await driver.signIn(person));
  return { person, ...(await turnOn(driver.totp, accessToken, person)) };
}

describe.each(pairs(offering("totp"), contracts))(
  "a second factor that is turned on through $from",
  ({ one, other, to }) => {
    it(`is asked for by ${to}, and each code is taken once`, async () => {
      stopClock();
      const service = startService();
      const { person, app } = await protectedMember(service, one);
      const driver = other.connect(service);

      expect(await driver.signIn(person)).toEqual(no("second_factor_required"));
      expect(await driver.signIn({ ...person, code: app.code() })).toEqual(WRONG_CODE);
      const code = app.nextCode();
      const { accessToken } = given(await driver.signIn({ ...person, code }));

      expect(await driver.isSignedIn(accessToken)).toBe(true);
      expect(await driver.signIn({ ...person, code })).toEqual(WRONG_CODE);
      given(await driver.signIn({ ...person, code: app.nextCode() }));
    });
  },
);

describe.each(contracts)("through $contract, with a second factor on", ({ connect }) => {
  it("a recovery code signs in once, however it is typed", async () => {
    stopClock();
    const service = startService();
    const { person, recoveryCodes } = await protectedMember(service);
    const driver = connect(service);
    const [first = "", second = ""] = recoveryCodes;
    const typed = first.toUpperCase().replace("-", " ");

    given(await driver.signIn({ ...person, recoveryCode: typed }));

    expect(await driver.signIn({ ...person, recoveryCode: first })).toEqual(WRONG_CODE);
    expect(await driver.signIn({ ...person, recoveryCode: "aaaaa-aaaaa" })).toEqual(WRONG_CODE);
    given(await driver.signIn({ ...person, recoveryCode: second }));
  });

  it("a wrong password is not told apart by a right code", async () => {
    stopClock();
    const service = startService();
    const { person, app } = await protectedMember(service);

    const answer = await connect(service).signIn({
      ...person,
      password: "not the right one",
      code: app.nextCode(),
    });

    expect(answer.yes).toBe(false);
  });
});

describe.each(offering("totp"))("through $contract, a second factor", ({ connect }) => {
  it("is not on before a code of it was confirmed", async () => {
    stopClock();
    const driver = connect(startService());
    const person = await member(startService());
    const { accessToken } = given(await driver.signIn(person));
    const { secret, handle } = given(await driver.totp.enrol(accessToken, person.password));
    const wrongCode = new Authenticator(secret).wrongCode();

    expect(await driver.totp.confirm(accessToken, { handle, code: wrongCode })).toEqual(WRONG_CODE);

    given(await driver.signIn(person));
  });

  it("SES-06: is turned off with password and code, and only with both", async () => {
    stopClock();
    const service = startService();
    const driver = connect(service);
    const { person, app } = await protectedMember(service);
    const { accessToken } = given(await driver.signIn({ ...person, code: app.nextCode() }));
    const { password } = person;
    const turnOff = (proof: { password: string; code: string }) =>
      driver.totp.disable(accessToken, proof);

    const code = app.nextCode();
    expect((await turnOff({ password: "not the right one", code })).yes).toBe(false);
    expect(await turnOff({ password, code: app.wrongCode() })).toEqual(WRONG_CODE);
    given(await turnOff({ password, code }));

    given(await driver.signIn(person));
  });
});
