import { beforeEach, describe, expect, it } from "vitest";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
import { only, type PostOffice, startPostOffice } from "../../support/post-office.ts";
import { storedLink } from "../../support/stored-link.ts";
import {
  ask,
  codeIn,
  isSignedIn,
  listFrontEnd,
  refusal,
  seen,
  signedIn,
  signedUp,
} from "./credebl.ts";

const HOUR_SECONDS = 3600;
let service: PostOffice;

beforeEach(() => {
  service = startPostOffice();
});

describe("a mailed link", () => {
  it("REC-01: to set a password works for an hour", async () => {
    const { email } = await signedUp(service);
    const clientAlias = crypto.randomUUID();
    await listFrontEnd(clientAlias, `https://${clientAlias}.example.test`);
    await service.deliver();
    await ask(service, "POST /auth/forgot-password", { body: { email, clientAlias } });
    const token = codeIn(only(await service.deliver()));

    const { secondsLeft, expire } = await storedLink("reset-password", token);

    expect([HOUR_SECONDS - 60 < secondsLeft, secondsLeft <= HOUR_SECONDS]).toEqual([true, true]);
    await expire();
    const body = { token, password: "quiet-heron-marsh" };
    expect(seen(await ask(service, `POST /auth/password-reset/${email}`, { body }))).toEqual(
      refusal(400, "Invalid or expired reset password link"),
    );
  });

  it("to prove an address works for a day", async () => {
    const { email } = somebody();
    await ask(service, "POST /auth/verification-mail", { body: { email } });
    const verificationCode = codeIn(only(await service.deliver()));

    const { secondsLeft, expire } = await storedLink("prove-address", verificationCode);

    expect([DAY_SECONDS - 60 < secondsLeft, secondsLeft <= DAY_SECONDS]).toEqual([true, true]);
    await expire();
    const query = new URLSearchParams({ email, verificationCode });
    expect(seen(await ask(service, `GET /auth/verify?${query}`))).toEqual(
      refusal(400, "Invalid or expired verification code"),
    );
  });
});

describe("POST /auth/forgot-password", () => {
  it("names a request for an unknown address by an id of its own, too", async () => {
    const { email } = somebody();
    const idOf = async () =>
      (await ask(service, "POST /auth/forgot-password", { body: { email } })).body.data.id;

    expect(await idOf()).not.toBe(await idOf());
  });
});

describe("the number of live sessions", () => {
  it("is a setting", async () => {
    stopClock();
    service = startPostOffice({ SESSION_CAP: "2" });
    const first = await signedIn(service);
    passSeconds(60);
    const second = await signedIn(service, first.person);
    passSeconds(60);
    const third = await signedIn(service, first.person);

    const living = await Promise.all(
      [first, second, third].map(({ access_token }) => isSignedIn(service, access_token)),
    );
    expect(living).toEqual([false, true, true]);
  });
});
