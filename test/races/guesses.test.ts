import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { decide, startedDevice } from "../support/devices.ts";
import { provedMember } from "../support/members.ts";
import { signedIn } from "../support/people.ts";
import { AT_ONCE, race } from "../support/race.ts";
import { randomAddress, type TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

beforeAll(registerClients);

const bearerOf = async (service: TestService) => (await signedIn(service)).accessToken;

describe("guesses that are made at once do not slip through", () => {
  it("THR-02: of wrong passwords from one address, ten are looked at, and no right one among the rest", (context) =>
    race(context, {
      async prepare(service) {
        const { email, password } = await provedMember(service);
        return { email, password, address: randomAddress() };
      },

      async request({ email, password, address }, service, index) {
        // The right one comes last.
        const isRight = index === AT_ONCE - 1;
        const body = { email, password: isRight ? password : `wrong ${index}` };
        return (await service.ask("/api/login", { body, address })).status;
      },

      async judge(_, statuses) {
        expect(tally(statuses)).toEqual({ 401: 10, 429: AT_ONCE - 10 });
      },
    }));

  it("DEV-08: of wrong user codes from one account, five are looked at, and right ones among them make no room for more", (context) =>
    race(context, {
      async prepare(service) {
        return { bearer: await bearerOf(service), ...(await startedDevice(service)) };
      },

      async request({ bearer, userCode }, service, index) {
        const decidesNothing = { userCode, scopes: ["not-asked-for"] };
        const guess = index < 5 ? decidesNothing : { userCode: wrongCode(index) };
        return (await decide(service, bearer, guess)).status;
      },

      async judge(_, statuses) {
        expect(tally(statuses)).toEqual({ 400: 5, 404: 5, 429: AT_ONCE - 10 });
      },
    }));

  it("DEV-08: right user codes all pass, each holding a place only while it is looked up", (context) =>
    race(context, {
      async prepare(service) {
        const devices = await Promise.all(
          Array.from({ length: AT_ONCE }, () =>
            startedDevice(service, { address: randomAddress() }),
          ),
        );
        const userCodes = devices.map(({ userCode }) => userCode);
        return { bearer: await bearerOf(service), userCodes };
      },

      async request({ bearer, userCodes }, service, index) {
        return (await decide(service, bearer, { userCode: userCodes[index] ?? "" })).status;
      },

      async judge(_, statuses) {
        expect(tally(statuses)).toEqual({ 200: AT_ONCE });
      },
    }));
});

function wrongCode(index: number): string {
  const letters = "BCDFGHJKLMNPQRSTVWXZ";
  return `ZZZZ-ZZ${letters[Math.floor(index / 20)]}${letters[index % 20]}`;
}
