import { describe, expect, it } from "vitest";
import { isSignedIn } from "../support/asking.ts";
import { Browser } from "../support/browser.ts";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registered, signedIn } from "../support/people.ts";
import { AT_ONCE, cycled, race, WITH_MAIL } from "../support/race.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

interface Reset {
  email: string;
  token: string;
  password: string;
}

/** Everywhere that a link to set a new password can be brought to: the status of the answer. */
const resets: readonly ((service: TestService, reset: Reset) => Promise<number>)[] = [
  async (service, { token, password }) =>
    (await service.ask("/api/reset-password", { body: { token, password } })).status,
  async (service, { email, token, password }) => {
    const path = `/auth/password-reset/${encodeURIComponent(email)}`;
    return (await service.ask(path, { body: { token, password } })).status;
  },
  async (service, fields) => (await new Browser(service).post("/reset", { ...fields })).status,
];

describe("a mailed link that several bring at once, to contracts and pages", () => {
  it("REC-01: sets one password, and ends the sessions there were", (context) =>
    race(context, {
      variables: WITH_MAIL,

      async prepare(service) {
        const { accessToken, person } = await signedIn(service);
        const { email } = person;
        await service.ask("/api/forgot-password", { body: { email } });
        return { email, token: await mailedToken(service, email, RESET), accessToken };
      },

      request: ({ email, token }, service, index) =>
        cycled(resets, index)(service, { email, token, password: candidate(index) }),

      async judge({ email, accessToken }, statuses, service) {
        expect(tally(statuses)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
        const winner = statuses.indexOf(200);
        const signIn = async (password: string) =>
          (await service.ask("/api/login", { body: { email, password } })).status;
        expect(await signIn(candidate(winner))).toBe(200);
        expect(await signIn(candidate((winner + 1) % AT_ONCE))).toBe(401);
        expect(await isSignedIn(service, accessToken)).toBe(false);
      },
    }));

  it("REC-04: confirms an address once", (context) =>
    race(context, {
      variables: WITH_MAIL,

      async prepare(service) {
        const { email } = await registered(service);
        return mailedToken(service, email, VERIFY);
      },

      async request(token, service, index) {
        const answer =
          index % 2 === 0
            ? service.ask("/api/verify-email", { body: { token } })
            : new Browser(service).post("/verify", { token });
        return (await answer).status;
      },

      async judge(_, statuses) {
        expect(tally(statuses)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
      },
    }));
});

function candidate(index: number): string {
  return `candidate-password-${index}`;
}
