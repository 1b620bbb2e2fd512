import { beforeEach, describe, expect, it } from "vitest";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import * as planasonix from "../../support/people.ts";
import { type PostOffice, startPostOffice } from "../../support/post-office.ts";
import { onTheWire } from "../../support/wire.ts";
import {
  A_PAIR,
  ask,
  BAD_TOKEN,
  BASES,
  isSignedIn,
  refusal,
  seen,
  signedIn,
  signedUp,
  success,
  UNAUTHENTICATED,
  withSecondFactor,
} from "./credebl.ts";

const WRONG = refusal(401, "Invalid credentials");
let service: PostOffice;

beforeEach(() => {
  service = startPostOffice();
});

const signIn = (body: object) => ask(service, "POST /auth/signin", { body });

describe("POST /auth/signin", () => {
  it.each(BASES)("answers a right password with tokens under %s", async (base) => {
    const { email, password } = await signedUp(service);

    const answer = await ask(service, "POST /auth/signin", { body: { email, password } }, base);

    expect(seen(answer)).toEqual(success(200, "User logged in successfully", A_PAIR));
  });

  it("names the session in the access token, and its end", async () => {
    const { access_token, sessionId } = await signedIn(service);

    const claims = JSON.parse(atob(access_token.split(".")[1] ?? ""));

    expect(claims.sid).toBe(sessionId);
    expect(claims.exp - claims.iat).toBe(86_400);
  });

  it("answers a wrong password, an unknown address and an unverified one byte for byte alike", async () => {
    const { email } = await signedUp(service);
    const unverified = await planasonix.registered(service);
    const wire = (body: object) => onTheWire(service, "/auth/signin", body);

    const wrong = await wire({ email, password: "not the right one" });

    expect(await wire({ email: planasonix.somebody().email, password: "x" })).toEqual(wrong);
    expect(await wire({ email: unverified.email, password: unverified.password })).toEqual(wrong);
    expect(seen(await signIn({ email, password: "not the right one" }))).toEqual(WRONG);
  });

  it("trims the address", async () => {
    const { email, password } = await signedUp(service);

    expect((await signIn({ email: `  ${email.toUpperCase()} `, password })).status).toBe(200);
  });

  it("says what is missing or malformed, a text for each", async () => {
    expect(seen(await signIn({}))).toEqual(
      refusal(400, ["email is required", "password is required"]),
    );
    expect(seen(await signIn({ email: "robin", password: 7 }))).toEqual(
      refusal(400, ["email must be an e-mail address", "password must be a text"]),
    );
    expect(seen(await ask(service, "POST /auth/signin", { body: "{" }))).toEqual(
      refusal(400, ["body must be JSON in UTF-8"]),
    );
  });

  it("asks for a second factor where one is on, and takes it once", async () => {
    stopClock();
    const { email, password, userId } = await signedUp(service);
    const { app, recoveryCode } = await withSecondFactor(service, userId);
    const totpCode = app.code();

    expect(seen(await signIn({ email, password }))).toEqual(
      refusal(401, "Two-factor code required"),
    );
    expect(seen(await signIn({ email, password: "not the right one" }))).toEqual(WRONG);
    expect(seen(await signIn({ email, password, totpCode: "000000x" }))).toEqual(
      refusal(401, "Invalid two-factor code"),
    );
    expect((await signIn({ email, password, totpCode })).status).toBe(200);
    expect(seen(await signIn({ email, password, totpCode }))).toEqual(
      refusal(401, "Invalid two-factor code"),
    );
    expect((await signIn({ email, password, recoveryCode })).status).toBe(200);
    expect(seen(await signIn({ email, password, recoveryCode }))).toEqual(
      refusal(401, "Invalid two-factor code"),
    );
  });

  it("makes room for an eleventh session by ending the least recently used", async () => {
    stopClock();
    const oldest = await signedIn(service);
    const sessions = [oldest];
    for (let count = 2; count <= 10; count++) {
      passSeconds(60);
      sessions.push(await signedIn(service, oldest.person));
    }
    passSeconds(600);
    await isSignedIn(service, oldest.access_token);

    passSeconds(60);
    const eleventh = await signedIn(service, oldest.person);

    const living = await Promise.all(
      [...sessions, eleventh].map(({ access_token }) => isSignedIn(service, access_token)),
    );
    expect(living).toEqual([true, false, ...Array(9).fill(true)]);
  });
});

describe("POST /auth/refresh-token", () => {
  const refresh = (refreshToken: unknown, base?: string) =>
    ask(service, "POST /auth/refresh-token", { body: { refreshToken } }, base);
  const INVALID = refusal(401, "Invalid refresh token");

  it.each(BASES)("trades a token for a new pair of the same session under %s", async (base) => {
    const { refresh_token, sessionId } = await signedIn(service);

    const answer = await refresh(refresh_token, base);

    expect(seen(answer)).toEqual(
      success(200, "Token refreshed successfully", { ...A_PAIR, sessionId }),
    );
    expect(answer.body.data.refresh_token).not.toBe(refresh_token);
    expect(await isSignedIn(service, answer.body.data.access_token)).toBe(true);
  });

  it("ends the session when an older token is used again", async () => {
    stopClock();
    const { refresh_token, access_token } = await signedIn(service);
    const { body } = await refresh(refresh_token);
    passSeconds(60);

    expect(seen(await refresh(refresh_token))).toEqual(INVALID);
    expect(seen(await refresh(body.data.refresh_token))).toEqual(INVALID);
    expect(await isSignedIn(service, access_token)).toBe(false);
  });

  it("SES-04: takes a token for thirty days", async () => {
    stopClock();
    const { refresh_token } = await signedIn(service);

    passSeconds(30 * DAY_SECONDS - 1);
    const { status, body } = await refresh(refresh_token);
    passSeconds(30 * DAY_SECONDS);

    expect(status).toBe(200);
    expect(seen(await refresh(body.data.refresh_token))).toEqual(INVALID);
  });

  it("refuses what this contract did not issue", async () => {
    const { refreshToken } = await planasonix.signedIn(service);

    expect(seen(await refresh(refreshToken))).toEqual(INVALID);
    expect(seen(await refresh(`crdbl_rt_${"A".repeat(70)}`))).toEqual(INVALID);
    expect(seen(await refresh(undefined))).toEqual(refusal(400, ["refreshToken is required"]));
  });
});

describe("POST /auth/signout", () => {
  const signOut = (bearer: string, body?: object, base?: string) =>
    ask(service, "POST /auth/signout", { bearer, ...(body && { body }) }, base);
  const DONE = success(200, "User logout successfully");

  it.each(BASES)("ends the current session under %s, with its tokens", async (base) => {
    const { access_token, refresh_token, person } = await signedIn(service);
    const other = await signedIn(service, person);

    expect(seen(await signOut(access_token, undefined, base))).toEqual(DONE);

    expect(await isSignedIn(service, access_token)).toBe(false);
    expect(await isSignedIn(service, other.access_token)).toBe(true);
    const body = { refreshToken: refresh_token };
    expect((await ask(service, "POST /auth/refresh-token", { body })).status).toBe(401);
  });

  it("ends listed sessions of the caller's own, and the current one only where it is listed", async () => {
    const current = await signedIn(service);
    const [second, third] = [
      await signedIn(service, current.person),
      await signedIn(service, current.person),
    ];

    const sessions = [second.sessionId.toUpperCase()];
    expect(seen(await signOut(current.access_token, { sessions }))).toEqual(DONE);

    expect(await isSignedIn(service, second.access_token)).toBe(false);
    expect(await isSignedIn(service, third.access_token)).toBe(true);
    expect(await isSignedIn(service, current.access_token)).toBe(true);
  });

  it("has no effect on sessions of others, and does not tell whether there are such", async () => {
    const { access_token } = await signedIn(service);
    const stranger = await signedIn(service);
    const other = await planasonix.signedIn(service);
    const sessions = [stranger.sessionId, crypto.randomUUID()];

    expect(seen(await signOut(access_token, { sessions }))).toEqual(DONE);

    expect(await isSignedIn(service, stranger.access_token)).toBe(true);
    expect(await isSignedIn(service, other.accessToken)).toBe(true);
    expect(await isSignedIn(service, access_token)).toBe(true);
  });

  it.each([{}, { sessions: null }, { sessions: [] }])(
    "takes %j for the current session",
    async (body) => {
      const { access_token } = await signedIn(service);

      expect(seen(await signOut(access_token, body))).toEqual(DONE);
      expect(await isSignedIn(service, access_token)).toBe(false);
    },
  );

  it("refuses lists of anything but UUIDs, and endless ones", async () => {
    const { access_token } = await signedIn(service);
    const sessions = Array.from({ length: 51 }, () => crypto.randomUUID());

    expect(seen(await signOut(access_token, { sessions: ["7"] }))).toEqual(
      refusal(400, ["sessions.0 must be a UUID"]),
    );
    expect(seen(await signOut(access_token, { sessions: "all" }))).toEqual(
      refusal(400, ["sessions must be a list of UUIDs"]),
    );
    expect(seen(await signOut(access_token, { sessions }))).toEqual(
      refusal(400, ["sessions must have at most 50 entries"]),
    );
    expect(await isSignedIn(service, access_token)).toBe(true);
  });

  it("refuses whoever is not signed in, or not any more", async () => {
    const { access_token } = await signedIn(service);
    await signOut(access_token);

    expect(seen(await ask(service, "POST /auth/signout"))).toEqual(UNAUTHENTICATED);
    expect(seen(await signOut(access_token))).toEqual(BAD_TOKEN);
  });
});

describe("what no row takes", () => {
  it.each(BASES)("is refused in this contract's envelope under %s", async (base) => {
    expect(seen(await ask(service, "GET /auth/nowhere", {}, base))).toEqual(
      refusal(404, "There is nothing here"),
    );
    expect(seen(await ask(service, "PUT /auth/signin", {}, base))).toEqual(
      refusal(405, "This path does not take that method", { allow: "POST" }),
    );
    const headers = { "content-type": "text/plain" };
    expect(seen(await ask(service, "POST /auth/signin", { headers, body: "x" }, base))).toEqual(
      refusal(415, "Send JSON with Content-Type: application/json"),
    );
  });
});
