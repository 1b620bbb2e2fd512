import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { countCalls } from "../support/count-calls.ts";
import { decide, startedDevice } from "../support/devices.ts";
import { mailTo, VERIFY } from "../support/mail.ts";
import { registered, signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

beforeAll(registerClients);

describe("parallel guesses do not slip through", () => {
  it("THR-02: of 40 wrong passwords at once from one address, ten are looked at", async () => {
    const service = startService();
    const { email } = await registered(service);
    await mailTo(service, email, VERIFY);
    let answers: { status: number }[] = [];

    const { hashes } = await countCalls(async () => {
      answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          service.ask("/api/login", { body: { email, password: `wrong ${index}` } }),
        ),
      );
    });

    // The tenth failure starts the delay; the one attempt after its first second may pass too.
    expect(hashes).toBeLessThanOrEqual(11);
    expect(tally(answers.map(({ status }) => status))).toEqual({ 401: hashes, 429: 40 - hashes });
  });

  it("DEV-08: of 40 wrong user codes at once from one account, five are looked at", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const wrongCodes = Array.from({ length: 40 }, (_, index) => wrongCode(index));

    const answers = await Promise.all(
      wrongCodes.map((userCode) => decide(service, accessToken, { userCode })),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 404: 5, 429: 35 });
  });

  it("right codes among them make no room for more wrong ones", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const { userCode } = await startedDevice(service);
    const decidesNothing = { userCode, scopes: ["not-asked-for"] };
    const wrongCodes = Array.from({ length: 100 }, (_, index) => ({ userCode: wrongCode(index) }));

    const answers = await Promise.all(
      [...Array(5).fill(decidesNothing), ...wrongCodes].map((body) =>
        decide(service, accessToken, body),
      ),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 400: 5, 404: 5, 429: 95 });
  });

  it("40 right user codes at once all pass, each holding a place only while it is looked up", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const devices = await Promise.all(
      Array.from({ length: 40 }, () => startedDevice(startService())),
    );

    const answers = await Promise.all(
      devices.map(({ userCode }) => decide(service, accessToken, { userCode })),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 40 });
  });
});

function wrongCode(index: number): string {
  const letters = "BCDFGHJKLMNPQRSTVWXZ";
  return `ZZZZ-ZZ${letters[Math.floor(index / 20)]}${letters[index % 20]}`;
}
