import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import * as planasonix from "../../support/people.ts";
import { only, type PostOffice, startPostOffice } from "../../support/post-office.ts";
import { onTheWire } from "../../support/wire.ts";
import {
  A_UUID,
  ask,
  BASES,
  codeIn,
  listFrontEnd,
  proved,
  refusal,
  seen,
  signedUp,
  success,
} from "./credebl.ts";

let service: PostOffice;
let email: string;
let password: string;

beforeEach(async () => {
  service = startPostOffice();
  ({ email, password } = planasonix.somebody());
  await env.DB.exec("DELETE FROM front_ends");
});

const requestProof = (body: object, query = "", base?: string) =>
  ask(service, `POST /auth/verification-mail${query}`, { body }, base);
const prove = (query: Record<string, string>, base?: string) =>
  ask(service, `GET /auth/verify?${new URLSearchParams(query)}`, {}, base);
const linkIn = ({ text }: { text: string }) =>
  text.match(/https?:\S+/)?.[0].replace(/=[\w-]{43}(?=&|$)/, "=<code>");

async function mailedCode(): Promise<string> {
  await requestProof({ email });
  return codeIn(only(await service.deliver()));
}

async function setRegistration(isOpen: boolean): Promise<void> {
  await env.DB.prepare("UPDATE tenants SET self_registration = ? WHERE id = ?")
    .bind(Number(isOpen), DEFAULT_TENANT_ID)
    .run();
}

describe("POST /auth/verification-mail", () => {
  const SENT = success(201, "Verification code sent successfully");

  it.each(BASES)("mails a link that proves the address under %s", async (base) => {
    await listFrontEnd("portal", "https://portal.example.test");

    expect(seen(await requestProof({ email }, "", base))).toEqual(SENT);

    const letter = only(await service.deliver());
    expect(letter).toMatchObject({ to: email, subject: "Confirm that this address is yours" });
    expect(linkIn(letter)).toBe(
      `https://portal.example.test/verify-email-success?verificationCode=<code>&email=${encodeURIComponent(email)}`,
    );
  });

  it("leads to our own page where the tenant has no site", async () => {
    await requestProof({ email });

    expect(linkIn(only(await service.deliver()))).toBe(
      `http://localhost:8787/verify-email-success?verificationCode=<code>&email=${encodeURIComponent(email)}`,
    );
  });

  it("leads to the site whose alias is asked for, and to none that is not listed", async () => {
    await listFrontEnd("portal", "https://portal.example.test");
    await listFrontEnd("studio", "https://studio.example.test");

    await requestProof({ email }, "?clientAlias=studio");
    expect(linkIn(only(await service.deliver()))).toMatch(
      /^https:\/\/studio\.example\.test\/verify-email-success\?/,
    );

    expect(seen(await requestProof({ email }, "?clientAlias=https://evil.example"))).toEqual(
      refusal(400, "The client alias or endpoint is not registered"),
    );
    expect(await service.deliver()).toEqual([]);
  });

  it("answers a free address, a verified and an unverified one byte for byte alike, and mails all", async () => {
    const verified = await signedUp(service);
    const unverified = await planasonix.registered(service);
    await service.deliver();
    const wire = (to: string) => onTheWire(service, "/auth/verification-mail", { email: to });

    const free = await wire(email);

    expect(await wire(verified.email)).toEqual(free);
    expect(await wire(unverified.email)).toEqual(free);
    const letters = await service.deliver();
    expect(letters.map(({ to }) => to)).toEqual([email, verified.email, unverified.email]);
    const warnings = letters.map(({ text }) =>
      text.includes("registered with this address before"),
    );
    expect(warnings).toEqual([false, false, true]);
  });

  it("puts no words or pictures of the caller into the mail", async () => {
    const brandLogoUrl = "https://cdn.example.com/logo.png";

    await requestProof({ email, brandLogoUrl, platformName: "Acme" });

    const { text, html, subject } = only(await service.deliver());
    expect(subject + text + html).not.toMatch(/Acme|logo\.png/);
  });

  it("says what is missing or malformed", async () => {
    expect(seen(await requestProof({}))).toEqual(refusal(400, ["email is required"]));
    expect(seen(await requestProof({ email, brandLogoUrl: "logo.png" }))).toEqual(
      refusal(400, ["brandLogoUrl must be a URL with protocol and top-level domain"]),
    );
  });

  it("stops after five mails to an address within the hour", async () => {
    stopClock();
    for (let count = 0; count < 5; count++) {
      expect((await requestProof({ email })).status).toBe(201);
    }

    const { status, headers, body } = await requestProof({ email });

    expect({ status, body }).toEqual({
      status: 429,
      body: {
        statusCode: 429,
        message: "Too many attempts, try again later",
        error: "Too Many Requests",
      },
    });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("GET /auth/verify", () => {
  const DEAD = refusal(400, "Invalid or expired verification code");

  it.each(BASES)("takes a code once under %s", async (base) => {
    const verificationCode = await mailedCode();

    expect(seen(await prove({ email, verificationCode }, base))).toEqual(
      success(200, "Email verified successfully"),
    );
    expect(seen(await prove({ email, verificationCode }, base))).toEqual(DEAD);
  });

  it("refuses a code of another address, an older one, and what is none", async () => {
    const older = await mailedCode();
    const verificationCode = await mailedCode();
    const another = planasonix.somebody().email;

    expect(seen(await prove({ email: another, verificationCode }))).toEqual(DEAD);
    expect(seen(await prove({ email, verificationCode: older }))).toEqual(DEAD);
    expect(seen(await prove({ email, verificationCode: "A".repeat(43) }))).toEqual(DEAD);
    expect((await prove({ email: email.toUpperCase(), verificationCode })).status).toBe(200);
  });

  it("confirms an account that was registered with the address, and throws out who did that", async () => {
    const person = await planasonix.signedIn(service);
    ({ email } = person.person);
    await service.deliver();
    const verificationCode = await mailedCode();

    await prove({ email, verificationCode });

    const { refreshToken } = person;
    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(401);
    const body = { email, password: person.person.password };
    expect((await ask(service, "POST /auth/signin", { body })).status).toBe(200);
  });

  it("says what is missing", async () => {
    expect(seen(await prove({}))).toEqual(
      refusal(400, ["email is required", "verificationCode is required"]),
    );
  });
});

describe("POST /auth/signup", () => {
  const signUp = (fields: object = {}, base?: string) => {
    const body = { email, password, firstName: "Robin", lastName: "Example", ...fields };
    return ask(service, "POST /auth/signup", { body }, base);
  };
  const UNPROVED = refusal(404, "Email is not verified");

  it.each(BASES)(
    "makes an account for a proved address under %s, which may sign in",
    async (base) => {
      await proved(service, email);

      const answer = await signUp({}, base);

      expect(seen(answer)).toEqual(
        success(201, "User registered successfully", { userId: A_UUID }),
      );
      const { user } = await planasonix.signedIn(service, { email, password, name: "" });
      expect(user).toMatchObject({ email, name: "Robin Example", emailVerified: true });
      expect(user.id).toBe(`usr_${answer.body.data.userId.replaceAll("-", "")}`);
    },
  );

  it("refuses an address that was not proved, free or taken", async () => {
    const { email: taken } = await planasonix.registered(service);
    await requestProof({ email });

    expect(seen(await signUp())).toEqual(UNPROVED);
    expect(seen(await signUp({ email: taken }))).toEqual(UNPROVED);
    expect(seen(await signUp({ email: taken, password: "password" }))).toEqual(UNPROVED);
  });

  it("tells that an address is taken to whoever proved it", async () => {
    const person = await signedUp(service);

    expect(seen(await signUp({ email: person.email }))).toEqual(
      refusal(409, "User already exists"),
    );
  });

  it("makes one account of many attempts at once", async () => {
    await proved(service, email);

    const answers = await Promise.all(Array.from({ length: 4 }, () => signUp()));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it("takes a proof for an hour", async () => {
    stopClock();
    await proved(service, email);
    const late = "late@example.test";
    await proved(service, late);

    passSeconds(3_600);
    expect((await signUp()).status).toBe(201);
    passSeconds(1);

    expect(seen(await signUp({ email: late }))).toEqual(UNPROVED);
  });

  it("refuses a weak password, and keeps the proof", async () => {
    await proved(service, email);

    expect(seen(await signUp({ password: "password1" }))).toEqual(
      refusal(400, ["password is among the first that anyone would try; choose another"]),
    );
    expect((await signUp()).status).toBe(201);
  });

  it("refuses everybody where registration is closed", async () => {
    await proved(service, email);
    await setRegistration(false);
    onTestFinished(() => setRegistration(true));

    expect(seen(await signUp())).toEqual(
      refusal(403, "Registration is closed. Ask an administrator for an account."),
    );
  });

  it("is not prepared by mail where registration is closed, and the answer does not tell", async () => {
    const open = seen(await requestProof({ email }));
    await service.deliver();
    await setRegistration(false);
    onTestFinished(() => setRegistration(true));

    expect(seen(await requestProof({ email }))).toEqual(open);
    expect(await service.deliver()).toEqual([]);
  });

  it("says what is missing or malformed", async () => {
    expect(seen(await ask(service, "POST /auth/signup", { body: {} }))).toEqual(
      refusal(400, [
        "email is required",
        "password is required",
        "firstName is required",
        "lastName is required",
      ]),
    );
    expect(seen(await signUp({ firstName: " R ", lastName: "x".repeat(51) }))).toEqual(
      refusal(400, [
        "firstName must have at least 2 characters",
        "lastName must have at most 50 characters",
      ]),
    );
  });
});
