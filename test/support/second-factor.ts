import { offering } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { Authenticator } from "./authenticator.ts";
import type { Person } from "./people.ts";
import type { TestService } from "./service.ts";

/** Turns a second factor on for somebody, on a stopped clock: the app that shows its codes. */
export async function secondFactorOf(service: TestService, person: Person) {
  const [contract] = offering("totp");
  if (!contract) {
    throw new Error("no contract offers a second factor");
  }
  const { totp, ...driver } = contract.connect(service);
  const { accessToken } = given(await driver.signIn(person));
  const { secret, handle } = given(await totp.enrol(accessToken, person.password));
  const app = new Authenticator(secret);
  const { recoveryCodes } = given(await totp.confirm(accessToken, { handle, code: app.code() }));
  return { app, recoveryCodes };
}
