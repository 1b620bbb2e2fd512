import { beforeEach, describe, expect, it } from "vitest";
import { isSignedIn } from "../../support/asking.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { countRows } from "../../support/rows.ts";
import { withSecondFactor } from "../credebl/credebl.ts";
import {
  A_TIME,
  type BackOffice,
  clientToken,
  conflict,
  eventsOf,
  type SignedIn,
  said,
  somebodyLike,
  staff,
  staffedOffice,
  tokenOf,
  UNKNOWN,
} from "./back-office.ts";

let office: BackOffice;
let boss: SignedIn;

beforeEach(async () => {
  ({ office, boss } = await staffedOffice());
});

describe("what is done to one account", () => {
  it("shows its living sessions", async () => {
    const person = await somebodyLike();
    await tokenOf(office, person);

    const { body } = await office.ask(`GET /accounts/${person.id}/sessions`, boss);

    expect(body.sessions).toEqual([
      {
        id: expect.any(String),
        contract: "planasonix",
        client_id: null,
        client_name: null,
        name: null,
        scope: null,
        impersonated_by: null,
        browser: "",
        os: "",
        address: expect.any(String),
        city: null,
        country: null,
        created_at: A_TIME,
        last_used_at: A_TIME,
        expires_at: A_TIME,
      },
    ]);
  });

  it("ends them all, and what was approved", async () => {
    const person = await somebodyLike();
    const tokens = [await tokenOf(office, person), await tokenOf(office, person)];

    const answer = await office.ask(`DELETE /accounts/${person.id}/sessions`, boss);

    expect(said(answer)).toEqual({ status: 200, body: { ended_count: 2 } });
    expect(await isSignedIn(office.service, tokens[0] ?? "")).toBe(false);
    expect(await eventsOf(person.id)).toEqual([
      { event: "sessions-ended-by-admin", actor: boss.id, subject: null },
    ]);
  });

  it("removes the second factor and ends the sessions", async () => {
    const person = await somebodyLike();
    await withSecondFactor(office.service, person.id);
    const token = await tokenOf(office, person);

    const answer = await office.ask(`DELETE /accounts/${person.id}/second-factor`, boss);

    expect(answer.status).toBe(204);
    expect(await office.service.deliver()).toMatchObject([
      { to: person.email, subject: "Two-factor sign-in was turned off" },
    ]);
    expect(await isSignedIn(office.service, token)).toBe(false);
    expect(await countRows("recovery_codes", "account_id = ?", person.id)).toBe(0);
    expect(await countRows("second_factors", "account_id = ?", person.id)).toBe(0);
  });

  it("does nothing to who has no second factor, however often", async () => {
    const person = await somebodyLike();
    const token = await tokenOf(office, person);
    const remove = () => office.ask(`DELETE /accounts/${person.id}/second-factor`, boss);

    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    expect(await office.service.deliver()).toEqual([]);
    expect(await isSignedIn(office.service, token)).toBe(true);
    expect(await eventsOf(person.id)).toEqual([]);
  });

  it("removes a second factor once for all who ask at once", async () => {
    const person = await somebodyLike();
    await withSecondFactor(office.service, person.id);
    const remove = () => office.ask(`DELETE /accounts/${person.id}/second-factor`, boss);

    const answers = await Promise.all([remove(), remove(), remove()]);

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await office.service.deliver()).toHaveLength(1);
    expect(await eventsOf(person.id)).toEqual([
      { event: "second-factor-removed", actor: boss.id, subject: null },
    ]);
  });

  it.each([
    ["password-reset", /new password/i, "reset-sent"],
    // With a password, the account is there already: no link that lives for days.
    ["invitation", /new password/i, "invitation-sent"],
  ])(
    "mails a link by POST …/%s, as often as people may ask themselves",
    async (path, subject, event) => {
      const person = await somebodyLike();
      const ask = () => office.ask(`POST /accounts/${person.id}/${path}`, boss);

      const statuses = [];
      for (let asked = 0; asked < 6; asked++) {
        statuses.push((await ask()).status);
      }

      expect(statuses).toEqual([204, 204, 204, 204, 204, 429]);
      const [letter] = await office.service.deliver();
      expect(letter).toMatchObject({ to: person.email, subject: expect.stringMatching(subject) });
      expect(
        await countRows("audit_events", "account_id = ? AND event = ?", person.id, event),
      ).toBe(5);
    },
  );

  it("mails nothing to a disabled account", async () => {
    const person = await somebodyLike({ disabledAt: new Date() });

    expect(said(await office.ask(`POST /accounts/${person.id}/password-reset`, boss))).toEqual(
      conflict("target_disabled", "The account is disabled. Enable it first."),
    );
  });

  it("lists what happened to it, page by page", async () => {
    stopClock();
    const { bearer } = await staff(office);
    const person = await somebodyLike();
    for (const disabled of [true, false, true]) {
      passSeconds(1);
      await office.ask(`PATCH /accounts/${person.id}`, { bearer, body: { disabled } });
    }

    const first = await office.ask(`GET /accounts/${person.id}/events?limit=2`, { bearer });
    const second = await office.ask(
      `GET /accounts/${person.id}/events?limit=2&cursor=${first.body.next_cursor}`,
      { bearer },
    );

    const told = [first, second].map(({ body }) =>
      body.events.map(({ event }: { event: string }) => event),
    );
    expect(told).toEqual([["account-disabled", "account-enabled"], ["account-disabled"]]);
    expect(second.body.next_cursor).toBeNull();
  });

  it("says of each what came of it, and which client had a part in it", async () => {
    stopClock();
    const { bearer, clientId } = await clientToken(office, ["admin:accounts", "admin:audit"]);
    const person = await somebodyLike();
    await office.ask(`PATCH /accounts/${person.id}`, { bearer, body: { disabled: true } });

    const { body } = await office.ask(`GET /events?account=${person.id}&event=account-disabled`, {
      bearer,
    });

    expect(body.events).toEqual([
      {
        id: expect.any(String),
        event: "account-disabled",
        outcome: "done",
        actor: `client:${clientId}`,
        target: person.id,
        session_id: null,
        client_id: clientId,
        subject: null,
        address: expect.stringMatching(/^198\.18\./),
        city: null,
        country: null,
        user_agent: null,
        at: new Date().toISOString(),
      },
    ]);
  });

  it("knows nobody who is not there", async () => {
    for (const endpoint of [
      ...["GET", "DELETE"].map((method) => `${method} /accounts/x`),
      ...["GET", "DELETE"].map((method) => `${method} /accounts/x/sessions`),
      ...["GET /accounts/x/events", "POST /accounts/x/invitation"],
    ]) {
      expect(said(await office.ask(endpoint, boss))).toEqual(UNKNOWN);
    }
  });
});
