import { beforeAll, describe, expect, it, vi } from "vitest";
import { stopClock } from "../support/clock.ts";
import { mailTo, RESET } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { askToken, codeFor, redemption, refreshed, userInfo } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { somebody } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService, type TestService } from "../support/service.ts";
import { contracts, offering, pairs } from "./contracts.ts";
import { given, no } from "./driver.ts";
import { planasonix } from "./drivers/planasonix.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
beforeAll(registerOAuthClients);

const WRONG = no("invalid_credentials");

/** The token in the newest mail with a link to set a password, whatever the link looks like. */
async function resetToken(service: TestService, email: string): Promise<string> {
  const { text } = await mailTo(service, email, RESET);
  return text.match(/[?&](?:token|verificationCode)=([\w-]+)/)?.[1] ?? "";
}

describe.each(offering("changePassword"))(
  "PWD-01: through $contract, a new password",
  (contract) => {
    it("has at least 15 characters where the setting says so, and no fewer", async () => {
      const service = startService({ PASSWORD_MIN_LENGTH: "15" });
      const driver = contract.connect(service);
      const { email, password } = await member(service);
      const { accessToken } = given(await driver.signIn({ email, password }));
      const change = (newPassword: string) =>
        driver.changePassword(accessToken, { email, oldPassword: password, newPassword });

      expect(await change("otter canal 14")).toEqual(no("weak_password"));
      given(await change("otter canal 15!"));
    });
  },
);

describe("PWD-01: registering", () => {
  it("takes 15 characters where the setting says so, and says of 14 what is missing", async () => {
    const service = startService({ PASSWORD_MIN_LENGTH: "15" });
    const register = (password: string) =>
      service.ask("/api/register", { body: { ...somebody(), password } });

    expect(await register("otter canal 14")).toMatchObject({
      status: 400,
      body: {
        error: { code: "weak_password", fields: { password: "must have at least 15 characters" } },
      },
    });
    expect((await register("otter canal 15!")).status).toBe(201);
  });
});

/** Characters of one, two and four bytes, no two alike side by side. */
const LONG = [...Array(64).keys()].map((i) => `${i % 10}é${String.fromCharCode(97 + (i % 26))}🦦`);

describe.each(contracts)("PWD-02: through $contract, a password of 256 characters", (contract) => {
  it("signs in, and is another one with another last character", async () => {
    const service = startService();
    const driver = contract.connect(service);
    const { email, password } = await member(service, { ...somebody(), password: LONG.join("") });
    expect([...password]).toHaveLength(256);
    const cut = [...password].slice(0, -1).join("");

    expect(await driver.signIn({ email, password: `${cut}🦫` })).toEqual(WRONG);
    expect(await driver.signIn({ email, password: cut })).toEqual(WRONG);
    given(await driver.signIn({ email, password }));
  });
});

const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));

/** What is chosen, and what another keyboard makes of it. */
const COMPOSITIONS: [what: string, chosen: string, typed: string][] = [
  ["lower case alone", "otterscanalbridge", "otterscanalbridge"],
  ["digits alone", "8391720465", "8391720465"],
  ["spaces between and around", "  otter canal  bridge ", "  otter canal  bridge "],
  ["every printable character of ASCII", ASCII, ASCII],
  ["emoji", "🦦 👩‍👩‍👧‍👦 at 🌙", "🦦 👩‍👩‍👧‍👦 at 🌙"],
  [
    "accents, composed and not",
    "Größe-ångström".normalize("NFC"),
    "Größe-ångström".normalize("NFD"),
  ],
  ["accents, not composed and then", "déjà-vu-à-l'île".normalize("NFD"), "déjà-vu-à-l'île"],
  ["letters of another width", "ｏｔｔｅｒ　ｃａｎａｌ", "otter canal"],
  ["a ligature", "oﬀ to the ﬁlm", "off to the film"],
];

describe.each(contracts)("PWD-03: through $contract, a password of", (contract) => {
  it.each(COMPOSITIONS)(
    "%s is taken, and is the same however it is typed",
    async (_, chosen, typed) => {
      const service = startService();
      const { email } = await member(service, { ...somebody("Wren"), password: chosen });

      given(await contract.connect(service).signIn({ email, password: typed }));
    },
  );
});

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

      const without = await driver.changePassword(accessToken, { ...change, oldPassword: "" });

      expect(wrong).toEqual(WRONG);
      expect(without.yes).toBe(false);
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
      const { refreshToken } = session;

      given(await recovering.recovery.request(email));
      expect(await using.isSignedIn(session.accessToken)).toBe(true);
      const token = await resetToken(service, email);
      given(await recovering.recovery.reset({ email, token, password: NEW_PASSWORD }));

      expect(await using.isSignedIn(session.accessToken)).toBe(false);
      if (using.refresh) {
        expect(await using.refresh(refreshToken ?? "")).toEqual(no("refresh_token_invalid"));
      }
      expect(await using.signIn({ email, password })).toEqual(WRONG);
      given(await using.signIn({ email, password: NEW_PASSWORD }));
    });
  },
);

describe.each(offering("recovery"))(
  "REC-02: a password that is set by mail through $contract",
  (contract) => {
    it("ends what clients of OAuth were let do", async () => {
      const service = startService();
      const { recovery } = contract.connect(service);
      const { email, password } = await member(service);
      const bearer = given(
        await planasonix.connect(service).signIn({ email, password }),
      ).accessToken;
      const { body } = await askToken(service, redemption(await codeFor(service, bearer)));

      given(await recovery.request(email));
      const token = await resetToken(service, email);
      given(await recovery.reset({ email, token, password: NEW_PASSWORD }));

      expect((await refreshed(service, body.refresh_token ?? "")).body.error).toBe("invalid_grant");
      expect((await userInfo(service, body.access_token ?? "")).status).toBe(401);
    });

    it("is no way around a second factor", async () => {
      stopClock();
      const service = startService();
      const { recovery } = contract.connect(service);
      const person = await member(service);
      const { app } = await secondFactorOf(service, person);
      const { email } = person;

      given(await recovery.request(email));
      const token = await resetToken(service, email);
      given(await recovery.reset({ email, token, password: NEW_PASSWORD }));

      for (const { connect } of contracts) {
        const driver = connect(service);
        const answer = await driver.signIn({ email, password: NEW_PASSWORD });
        expect(answer).toEqual(no("second_factor_required"));
      }
      const [using] = contracts;
      const code = app.nextCode();
      given(
        (await using?.connect(service).signIn({ email, password: NEW_PASSWORD, code })) ?? WRONG,
      );
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

    it("is the newest alone", async () => {
      const service = startService();
      const { recovery } = connect(service);
      const { email } = await member(service);
      given(await recovery.request(email));
      const older = await resetToken(service, email);
      given(await recovery.request(email));
      const newer = await vi.waitFor(
        async () => {
          const token = await resetToken(service, email);
          expect(token).not.toBe(older);
          return token;
        },
        { timeout: 30_000 },
      );

      const reset = { email, password: NEW_PASSWORD };
      expect(await recovery.reset({ ...reset, token: older })).toEqual(no("mailed_link_invalid"));
      given(await recovery.reset({ ...reset, token: newer }));
      expect(await recovery.reset({ ...reset, token: older })).toEqual(no("mailed_link_invalid"));
    });

    it("is promised to strangers in the same words", async () => {
      const { recovery } = connect(startService());

      expect(await recovery.request("nobody@example.test")).toEqual({ yes: true });
    });
  },
);
