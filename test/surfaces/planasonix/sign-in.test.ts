import { describe, expect, it } from "vitest";
import { disableAccount } from "../../support/disabled.ts";
import { registered, signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { onTheWire } from "../../support/wire.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();
const WRONG = refusal(401, "invalid_credentials", "The e-mail address or the password is wrong.");

const logIn = (email: string, password: string) =>
  service.ask("/api/login", { body: { email, password } });

describe("POST /api/login", () => {
  it("answers a right password with a pair of tokens and the account", async () => {
    const { email, password } = await registered(service);

    expect(seen(await logIn(email, password))).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: {
        accessToken: "<access token>",
        refreshToken: "<refresh token>",
        expiresIn: 3600,
        tokenType: "Bearer",
        user: { id: "<account id>", email, name: "Robin Example", emailVerified: false },
      },
    });
  });

  it("gives each sign-in a session of its own, and the account the same id", async () => {
    const { person, ...first } = await signedIn(service);

    const second = await signedIn(service, person);

    expect(second.user.id).toBe(first.user.id);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.accessToken).not.toBe(first.accessToken);
  });

  it("refuses a wrong password without saying what was wrong", async () => {
    const { email } = await registered(service);

    expect(seen(await logIn(email, "not the right one"))).toEqual(WRONG);
  });

  it("answers an unknown address byte for byte like a wrong password", async () => {
    const { email } = await registered(service);
    const password = "not the right one";

    const known = await onTheWire(service, "/api/login", { email, password });
    const unknown = await onTheWire(service, "/api/login", { email: somebody().email, password });

    expect(unknown).toEqual(known);
    expect(known.status).toBe(401);
  });

  it("answers a disabled account byte for byte like a wrong password", async () => {
    const { email, password } = await registered(service);
    const wrong = await onTheWire(service, "/api/login", { email, password: "not the right one" });
    await disableAccount(email);

    expect(await onTheWire(service, "/api/login", { email, password })).toEqual(wrong);
  });

  it("passes over fields it does not know", async () => {
    const person = await registered(service);

    const { status } = await service.ask("/api/login", { body: { ...person, role: "admin" } });

    expect(status).toBe(200);
  });
});

describe("an e-mail address", () => {
  it.each([
    ["in capitals", (email: string) => email.toUpperCase()],
    ["between spaces", (email: string) => `  ${email} `],
  ])("signs in %s, and is shown as it is stored", async (_, spell) => {
    const { email, password } = await registered(service);

    const { status, body } = await logIn(spell(email), password);

    expect({ status, body }).toMatchObject({ status: 200, body: { user: { email } } });
  });

  it("that was registered in capitals between spaces is the same address", async () => {
    const person = somebody();
    await registered(service, { ...person, email: ` ${person.email.toUpperCase()} ` });

    const { user } = await signedIn(service, person);

    expect(user.email).toBe(person.email);
  });
});

describe("a password", () => {
  const personWith = (password: string) => registered(service, { ...somebody(), password });

  it("of 256 characters is taken whole: its last character matters", async () => {
    const long = `${"gentle otter ".repeat(20).slice(0, 255)}!`;
    const { email } = await personWith(long);

    expect(long).toHaveLength(256);
    expect((await logIn(email, long)).status).toBe(200);
    expect(seen(await logIn(email, `${long.slice(0, -1)}?`))).toEqual(WRONG);
    expect(seen(await logIn(email, long.slice(0, -1)))).toEqual(WRONG);
  });

  it("is one password in all the ways a keyboard composes it", async () => {
    const composed = "Größe-ångström-ﬁnch";
    const { email } = await personWith(composed.normalize("NFC"));

    for (const form of ["NFC", "NFD", "NFKC", "NFKD"]) {
      expect((await logIn(email, composed.normalize(form))).status).toBe(200);
    }
  });

  it("keeps the spaces around it", async () => {
    const { email } = await personWith("  gentle otter lake ");

    expect((await logIn(email, "  gentle otter lake ")).status).toBe(200);
    expect(seen(await logIn(email, "gentle otter lake"))).toEqual(WRONG);
    expect(seen(await logIn(email, " gentle otter lake "))).toEqual(WRONG);
  });

  it("is compared with capitals as capitals", async () => {
    const { email } = await personWith("Gentle Otter Lake");

    expect(seen(await logIn(email, "gentle otter lake"))).toEqual(WRONG);
  });

  it("is another one with a NUL behind it", async () => {
    const { email } = await personWith("gentle otter lake");

    expect(seen(await logIn(email, "gentle otter lake\u0000"))).toEqual(WRONG);
  });

  it("of more than 1,024 characters is refused unread", async () => {
    const { email } = await registered(service);

    expect(seen(await logIn(email, "x".repeat(1025)))).toEqual(
      refusal(400, "validation_error", "The request is not valid.", {
        fields: { password: "must have at most 1024 characters" },
      }),
    );
  });
});
