import { expect, it } from "vitest";
import { Browser } from "../support/browser.ts";
import { mailTo } from "../support/mail.ts";
import { provedMember } from "../support/members.ts";
import { somebody } from "../support/people.ts";
import { AT_ONCE, race, WITH_MAIL } from "../support/race.ts";
import { accountIdOf, countRows } from "../support/rows.ts";
import type { TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

it("a login code that several enter at once, with Launcher and on the page, signs in once; and of an address without an account, by turns with others, it makes one", (context) =>
  race(context, {
    variables: WITH_MAIL,

    async prepare(service, round) {
      const { email } = round % 2 === 0 ? await provedMember(service) : somebody();
      await service.ask("/api/v1/auth/send-code", { body: { email } });
      const { text } = await mailTo(service, email, /code to sign in/i);
      return { email, code: text.match(/^\d{6}$/m)?.[0] ?? "" };
    },

    request: enter,

    async judge(entry, answers, service) {
      // Who comes when it is spent has a wrong code, and the sixth of them has had too many.
      const { "signed in": signedIn, wrong = 0, exhausted = 0 } = tally(answers);
      expect([signedIn, wrong + exhausted]).toEqual([1, AT_ONCE - 1]);
      expect(await countRows("accounts", "email = ?", entry.email)).toBe(1);
      const id = await accountIdOf(entry);
      expect(await countRows("sessions", "account_id = ?", id)).toBe(1);
      const isTold = "account_id = ? AND event = 'account-made'";
      expect(await countRows("audit_events", isTold, id)).toBe(1);
      expect(await enter(entry, service, 0)).not.toBe("signed in");
    },
  }));

interface Entry {
  email: string;
  code: string;
}

/** By turns in both places. */
async function enter({ email, code }: Entry, service: TestService, index: number) {
  const { status } = await (index % 2 === 0
    ? service.ask("/api/v1/auth/verify-code", { body: { email, code } })
    : new Browser(service).post("/signin/mail/code", { email, mailed_code: code }));
  return { 200: "signed in", 303: "signed in", 401: "wrong", 429: "exhausted" }[status] ?? status;
}
