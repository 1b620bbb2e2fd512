import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stopClock } from "../../support/clock.ts";
import * as planasonix from "../../support/people.ts";
import { only, type PostOffice, startPostOffice } from "../../support/post-office.ts";
import {
  A_UUID,
  ask,
  BAD_TOKEN,
  BASES,
  codeIn,
  isSignedIn,
  listFrontEnd,
  refusal,
  type SignedUp,
  seen,
  signedIn,
  signedUp,
  success,
  withSecondFactor,
} from "./credebl.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
const STUDIO = "https://studio.example.test/app";
let service: PostOffice;

beforeAll(async () => {
  await env.DB.exec("DELETE FROM front_ends");
  await listFrontEnd("portal", "https://portal.example.test");
  await listFrontEnd("studio", STUDIO);
});
beforeEach(() => {
  service = startPostOffice();
});

const forgot = (body: object, base?: string) =>
  ask(service, "POST /auth/forgot-password", { body }, base);
const linkIn = ({ text }: { text: string }) =>
  text.match(/https?:\S+/)?.[0].replace(/=[\w-]{43}(?=&|$)/, "=<token>");
const signIn = async (email: string, password: string) =>
  (await ask(service, "POST /auth/signin", { body: { email, password } })).status;

describe("POST /auth/forgot-password", () => {
  const SENT = "Reset password link has been sent to your mail";

  it.each(BASES)("answers every address alike under %s", async (base) => {
    const { email } = await signedUp(service);
    const stranger = planasonix.somebody().email;

    const known = await forgot({ email }, base);
    const unknown = await forgot({ email: stranger }, base);

    expect(seen(known)).toEqual(success(200, SENT, { id: A_UUID, email }));
    expect(seen(unknown)).toEqual(success(200, SENT, { id: A_UUID, email: stranger }));
    expect(only(await service.deliver()).to).toBe(email);
  });

  it("names every request by an id of its own, and never by the account's", async () => {
    const { email, userId } = await signedUp(service);

    const ids = [await forgot({ email }), await forgot({ email })].map(({ body }) => body.data.id);

    expect(new Set([...ids, userId]).size).toBe(3);
  });

  it("mails a link to the tenant's first site where no other is asked for", async () => {
    const { email } = await signedUp(service);

    await forgot({ email, brandLogoUrl: "https://cdn.example.com/logo.png", platformName: "Acme" });

    const letter = only(await service.deliver());
    expect(linkIn(letter)).toBe(
      `https://portal.example.test/reset-password?verificationCode=<token>&email=${encodeURIComponent(email)}`,
    );
    expect(letter.text + letter.html).not.toMatch(/Acme|logo\.png/);
  });

  it.each([
    [{ endpoint: STUDIO }, ""],
    [{ endpoint: `${STUDIO}/` }, ""],
    [{ clientAlias: "studio" }, "&clientAlias=studio"],
    [{ endpoint: STUDIO, clientAlias: "studio" }, "&clientAlias=studio"],
  ])("mails a link to the listed site for %j", async (wanted, alias) => {
    const { email } = await signedUp(service);

    await forgot({ email, ...wanted });

    expect(linkIn(only(await service.deliver()))).toBe(
      `${STUDIO}/reset-password?verificationCode=<token>&email=${encodeURIComponent(email)}${alias}`,
    );
  });

  it("encodes the address in the link", async () => {
    const person = planasonix.somebody();
    const { email } = await signedUp(service, { ...person, email: `a+b.${person.email}` });

    await forgot({ email, clientAlias: "studio" });

    const link = new URL(linkIn(only(await service.deliver())) ?? "");
    expect([...link.searchParams]).toEqual([
      ["verificationCode", "<token>"],
      ["email", email],
      ["clientAlias", "studio"],
    ]);
  });

  it.each([
    { endpoint: "https://evil.example" },
    { endpoint: "https://studio.example.test" },
    { endpoint: "http://studio.example.test/app" },
    { endpoint: "https://studio.example.test/app/deeper" },
    { endpoint: "https://studio.example.test/app?next=https://evil.example" },
    { endpoint: "https://studio.example.test/app#x" },
    { endpoint: "https://studio.example.test/app?" },
    { endpoint: "https://studio.example.test@evil.example/app" },
    { endpoint: "https://user:pass@studio.example.test/app" },
    { endpoint: "https://studio.example.test:8443/app" },
    { endpoint: "https://studio.example.test.evil.example/app" },
    { endpoint: "https://studio.example.test\\@evil.example/app" },
    { endpoint: "https://studio.example.test/app/../.." },
    { clientAlias: "Studio" },
    { clientAlias: "unknown" },
    { clientAlias: STUDIO },
    { endpoint: STUDIO, clientAlias: "portal" },
    { endpoint: "https://evil.example", clientAlias: "studio" },
  ])("WEB-02: lets nobody have a link mailed that leads to %j", async (wanted) => {
    const { email } = await signedUp(service);

    expect(seen(await forgot({ email, ...wanted }))).toEqual(
      refusal(400, "The client alias or endpoint is not registered"),
    );
    expect(await service.deliver()).toEqual([]);
  });

  it.each([
    [{}, "email is required"],
    [{ email: "robin" }, "email must be an e-mail address"],
    [{ endpoint: "studio" }, "endpoint must be a URL with protocol"],
    [{ endpoint: "javascript:alert(1)" }, "endpoint must be a URL with protocol"],
    [{ endpoint: 7 }, "endpoint must be a text"],
    [{ clientAlias: "" }, "clientAlias must not be empty"],
    [
      { brandLogoUrl: "cdn.example.com/logo.png" },
      "brandLogoUrl must be a URL with protocol and top-level domain",
    ],
    [
      { brandLogoUrl: "https://localhost/logo.png" },
      "brandLogoUrl must be a URL with protocol and top-level domain",
    ],
    [{ platformName: "a\nb" }, "platformName must not contain control characters"],
  ])("says what is wrong with %j", async (fields, problem) => {
    const good = problem.startsWith("email") ? {} : { email: "robin@example.test" };

    expect(seen(await forgot({ ...good, ...fields }))).toEqual(refusal(400, [problem]));
  });
});

describe("POST /auth/password-reset/:email", () => {
  const DEAD = refusal(400, "Invalid or expired reset password link");
  const reset = (email: string, body: object, base?: string) =>
    ask(
      service,
      `POST /auth/password-reset/${encodeURIComponent(email)}`,
      { body: { password: NEW_PASSWORD, ...body } },
      base,
    );

  async function resetToken({ email }: Pick<SignedUp, "email">): Promise<string> {
    await service.deliver();
    await forgot({ email, clientAlias: "studio" });
    return codeIn(only(await service.deliver()));
  }

  it.each(BASES)("sets the password and ends every session under %s", async (base) => {
    const { person, access_token } = await signedIn(service);
    const { email, userId } = person;
    const token = await resetToken(person);

    expect(seen(await reset(email, { token }, base))).toEqual(
      success(200, "Password reset successfully", { id: userId, email }),
    );

    expect(await isSignedIn(service, access_token)).toBe(false);
    expect(await signIn(email, NEW_PASSWORD)).toBe(200);
    expect(await signIn(email, person.password)).toBe(401);
  });

  it("takes the address in any spelling", async () => {
    const person = await signedUp(service);

    expect(
      (await reset(person.email.toUpperCase(), { token: await resetToken(person) })).status,
    ).toBe(200);
  });

  it("REC-01: answers every link that does not work alike", async () => {
    const person = await signedUp(service);
    const { email } = person;
    const older = await resetToken(person);
    const token = await resetToken(person);
    const another = await signedUp(service);

    expect(seen(await reset(email, { token: older }))).toEqual(DEAD);
    expect(seen(await reset(email, { token: "A".repeat(43) }))).toEqual(DEAD);
    expect(seen(await reset(another.email, { token }))).toEqual(DEAD);
    expect(seen(await reset(planasonix.somebody().email, { token }))).toEqual(DEAD);
    expect(seen(await reset("robin", { token }))).toEqual(DEAD);
    expect(seen(await reset(another.email, { token, password: "password" }))).toEqual(DEAD);
    expect((await reset(email, { token })).status).toBe(200);
    expect(seen(await reset(email, { token }))).toEqual(DEAD);
  });

  it("tells only whoever holds a good link that a password is weak, and leaves the link usable", async () => {
    const person = await signedUp(service);
    const token = await resetToken(person);

    expect(seen(await reset(person.email, { token, password: "password1" }))).toEqual(
      refusal(400, ["password is among the first that anyone would try; choose another"]),
    );
    expect((await reset(person.email, { token })).status).toBe(200);
  });

  it("says what is missing", async () => {
    expect(seen(await reset("robin@example.test", { password: undefined }))).toEqual(
      refusal(400, ["password is required", "token is required"]),
    );
  });
});

describe("POST /auth/reset-password", () => {
  const replace = (body: object, bearer?: string, base?: string) =>
    ask(
      service,
      "POST /auth/reset-password",
      { body: { newPassword: NEW_PASSWORD, ...body }, ...(bearer !== undefined && { bearer }) },
      base,
    );
  const WRONG = refusal(401, "Invalid credentials");

  it.each(BASES)("sets a new password with the old one under %s", async (base) => {
    const { person, access_token } = await signedIn(service);
    const { email, password, userId } = person;

    expect(seen(await replace({ email, oldPassword: password }, undefined, base))).toEqual(
      success(200, "Password reset successfully", { id: userId, email }),
    );

    expect(await isSignedIn(service, access_token)).toBe(false);
    expect(await signIn(email, NEW_PASSWORD)).toBe(200);
    expect(await signIn(email, password)).toBe(401);
  });

  it("keeps the session that asks, and ends the others", async () => {
    const { person, access_token } = await signedIn(service);
    const other = await signedIn(service, person);
    const { email, password } = person;

    expect((await replace({ email, oldPassword: password }, access_token)).status).toBe(200);

    expect(await isSignedIn(service, access_token)).toBe(true);
    expect(await isSignedIn(service, other.access_token)).toBe(false);
  });

  it("answers a wrong old password, an unknown address and an unverified one alike", async () => {
    const { email } = await signedUp(service);
    const unverified = await planasonix.registered(service);
    const stranger = planasonix.somebody();

    expect(seen(await replace({ email, oldPassword: "not the right one" }))).toEqual(WRONG);
    expect(seen(await replace({ email: stranger.email, oldPassword: stranger.password }))).toEqual(
      WRONG,
    );
    expect(
      seen(await replace({ email: unverified.email, oldPassword: unverified.password })),
    ).toEqual(WRONG);
  });

  it("takes a session of the same account only", async () => {
    const { email, password } = await signedUp(service);
    const stranger = await signedIn(service);
    const body = { email, oldPassword: password };

    expect(seen(await replace(body, stranger.access_token))).toEqual(WRONG);
    expect(seen(await replace(body, "forged"))).toEqual(BAD_TOKEN);
    expect(await signIn(email, password)).toBe(200);
  });

  it("refuses the old password again, and a weak one", async () => {
    const { email, password } = await signedUp(service);
    const oldPassword = password;

    expect(seen(await replace({ email, oldPassword, newPassword: password }))).toEqual(
      refusal(400, "The new password must not be the old one"),
    );
    expect(seen(await replace({ email, oldPassword, newPassword: "password1" }))).toEqual(
      refusal(400, ["newPassword is among the first that anyone would try; choose another"]),
    );
    expect(await signIn(email, password)).toBe(200);
  });

  it("asks for the second factor where no session is sent along: a stolen password locks nobody out", async () => {
    stopClock();
    const { email, password, userId } = await signedUp(service);
    const { app } = await withSecondFactor(service, userId);
    const body = { email, oldPassword: password };
    const totpCode = app.code();

    expect(seen(await replace(body))).toEqual(refusal(401, "Two-factor code required"));
    expect(seen(await replace({ ...body, totpCode: "x" }))).toEqual(
      refusal(401, "Invalid two-factor code"),
    );
    expect((await replace({ ...body, totpCode })).status).toBe(200);
    expect(
      seen(await replace({ email, oldPassword: NEW_PASSWORD, newPassword: password, totpCode })),
    ).toEqual(refusal(401, "Invalid two-factor code"));
  });

  it("takes a recovery code once, and none from the session of who signed in with a factor", async () => {
    stopClock();
    const { person, access_token } = await signedIn(service);
    const { email, password } = person;
    const { recoveryCode } = await withSecondFactor(service, person.userId);

    expect((await replace({ email, oldPassword: password }, access_token)).status).toBe(200);
    const back = { email, oldPassword: NEW_PASSWORD, newPassword: password, recoveryCode };
    expect((await replace(back)).status).toBe(200);
    expect(seen(await replace({ email, oldPassword: password, recoveryCode }))).toEqual(
      refusal(401, "Invalid two-factor code"),
    );
  });

  it("says what is missing", async () => {
    expect(seen(await replace({ newPassword: undefined }))).toEqual(
      refusal(400, ["email is required", "oldPassword is required", "newPassword is required"]),
    );
  });
});
