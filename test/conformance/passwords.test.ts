import { describe, expect, it } from "vitest";
import { mailTo, RESET } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { startService, type TestService } from "../support/service.ts";
import { contracts, offering, pairs } from "./contracts.ts";
import { given, no } from "./driver.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
const WRONG = no("invalid_credentials");

/** The token in the newest mail with a link to set a password, whatever the link looks like. */
async function resetToken(service: TestService, email: string): Promise<string> {
  const { text } = await mailTo(service, email, RESET);
  return text.match(/[?&](?:token|verificationCode)=([\w-]+)/)?.[1] ?? "";
}

describe.each(pairs(offering("changePassword"), contracts))(
  "PWD-05: a password that is changed through $from",
  ({ one, other, to }) => {
    it(`holds for ${to} and ends its sessions`, async () => {
      const service = startService();
      const [changing, using] = [one.connect(service), other.connect(service)];
      const { email, password } = await member(service);
      const session = given(await using.signIn({ email, password }));
      const { accessToken } = given(await changing.signIn({ email, password }));

      const change = { email, oldPassword: password, newPassword: NEW_PASSWORD };
      given(await changing.changePassword(accessToken, change));

      expect(await changing.isSignedIn(accessToken)).toBe(true);
      expect(await using.isSignedIn(session.accessToken)).toBe(false);
      expect(await using.signIn({ email, password })).toEqual(WRONG);
      given(await using.signIn({ email, password: NEW_PASSWORD }));
    });
  },
);

describe.each(offering("changePassword"))(
  "PWD-05: through $contract, a password",
  ({ connect }) => {
    it("is not changed without the current one, nor to one that is easy to guess", async () => {
      const service = startService();
      const driver = connect(service);
      const { email, password } = await member(service);
      const { accessToken } = given(await driver.signIn({ email, password }));
      const change = { email, oldPassword: password, newPassword: NEW_PASSWORD };

      const wrong = await driver.changePassword(accessToken, { ...change, oldPassword: "not it" });
      const weak = await driver.changePassword(accessToken, { ...change, newPassword: "password" });

      expect(wrong).toEqual(WRONG);
      expect(weak).toEqual(no("weak_password"));
      given(await driver.signIn({ email, password }));
    });
  },
);

describe.each(pairs(offering("recovery"), contracts))(
  "REC-02: a password that is set by mail through $from",
  ({ one, other, to }) => {
    it(`ends the sessions of ${to} and signs in there`, async () => {
      const service = startService();
      const [recovering, using] = [one.connect(service), other.connect(service)];
      const { email, password } = await member(service);
      const session = given(await using.signIn({ email, password }));

      given(await recovering.recovery.request(email));
      expect(await using.isSignedIn(session.accessToken)).toBe(true);
      const token = await resetToken(service, email);
      given(await recovering.recovery.reset({ email, token, password: NEW_PASSWORD }));

      expect(await using.isSignedIn(session.accessToken)).toBe(false);
      expect(await using.signIn({ email, password })).toEqual(WRONG);
      given(await using.signIn({ email, password: NEW_PASSWORD }));
    });
  },
);

describe.each(offering("recovery"))(
  "REC-01: through $contract, a link to set a password",
  ({ connect }) => {
    it("works once, and still does after too weak a password", async () => {
      const service = startService();
      const { recovery } = connect(service);
      const { email } = await member(service);
      given(await recovery.request(email));
      const token = await resetToken(service, email);

      const weak = await recovery.reset({ email, token, password: "password" });
      const strong = await recovery.reset({ email, token, password: NEW_PASSWORD });
      const again = await recovery.reset({ email, token, password: "another-quiet-heron" });

      expect([weak, strong, again]).toEqual([
        no("weak_password"),
        { yes: true },
        no("mailed_link_invalid"),
      ]);
    });

    it("is promised to strangers in the same words", async () => {
      const { recovery } = connect(startService());

      expect(await recovery.request("nobody@example.test")).toEqual({ yes: true });
    });
  },
);
