import { beforeAll, describe, expect, it } from "vitest";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { registerClients } from "../support/clients.ts";
import { countCalls } from "../support/count-calls.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { provedMember } from "../support/members.ts";
import { askToken, codeFor, redemption, refreshed, tokensIn } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { registered, signedIn } from "../support/people.ts";
import { type PostOffice, startPostOffice } from "../support/post-office.ts";
import { tally } from "../support/tally.ts";
import { offering } from "./contracts.ts";
import { given } from "./driver.ts";

const AT_ONCE = 5;

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

/** What the account's events tell of replays. */
async function replaysOf({ ports }: PostOffice, email: string): Promise<AuditEvent[]> {
  const account = await ports.accounts.findByEmail(DEFAULT_TENANT_ID, email);
  const events = await ports.auditLog.list(account?.id ?? "", 100);
  return events.filter(({ event }) => event.endsWith("-replayed"));
}

async function newestSession({ ports }: PostOffice, email: string) {
  const account = await ports.accounts.findByEmail(DEFAULT_TENANT_ID, email);
  const [session] = await ports.sessions.list(account?.id ?? "", new Date(), 1);
  return session ?? expect.fail("there is no session");
}

const fiveTimes = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: AT_ONCE }, ask));

describe.each(offering("refresh"))(
  "REL-07: a refresh token of $contract that was used up",
  ({ connect }) => {
    it("is told to its owner once, with the session that ended, and by no mail", async () => {
      const office = startPostOffice();
      const driver = connect(office);
      const person = await provedMember(office);
      const first = given(await driver.signIn(person)).refreshToken ?? "";
      const second = given(await driver.refresh(first)).refreshToken ?? "";
      const third = given(await driver.refresh(second)).refreshToken ?? "";
      const session = await newestSession(office, person.email);
      await office.deliver();
      expect(await replaysOf(office, person.email)).toEqual([]);

      const answers = await fiveTimes(() => driver.refresh(first));
      answers.push(await driver.refresh(third), await driver.refresh(second));

      expect(tally(answers.map(({ yes }) => String(yes)))).toEqual({ false: answers.length });
      const { accountId, userAgent } = session;
      expect(await replaysOf(office, person.email)).toEqual([
        {
          id: expect.any(String),
          tenantId: DEFAULT_TENANT_ID,
          event: "refresh-token-replayed",
          actorId: "",
          accountId,
          sessionId: session.id,
          clientId: null,
          subject: null,
          address: expect.stringMatching(/^198\.18\./),
          city: null,
          country: null,
          userAgent,
          at: expect.any(Date),
        },
      ]);
      expect(await office.deliver()).toEqual([]);
    });
  },
);

describe("REL-07: a token that was used up", () => {
  it("of an app is told with the client and its name", async () => {
    const office = startPostOffice();
    const { accessToken, person } = await signedIn(office);
    const code = await codeFor(office, accessToken);
    const first = tokensIn(await askToken(office, redemption(code))).refresh_token;
    const second = tokensIn(await refreshed(office, first)).refresh_token;
    tokensIn(await refreshed(office, second));

    await fiveTimes(() => refreshed(office, first));

    expect(await replaysOf(office, person.email)).toMatchObject([
      {
        event: "refresh-token-replayed",
        clientId: "test-spa",
        subject: "The client test-spa",
        actorId: "",
      },
    ]);
  });

  it("of a device is told under the name that its owner gave it", async () => {
    const office = startPostOffice();
    const { accessToken, person } = await signedIn(office);
    const { userCode, deviceCode } = await startedDevice(office);
    await decide(office, accessToken, { userCode });
    const refresh = async (refreshToken: string) =>
      (await office.ask<{ refreshToken: string }>("/api/auth/refresh", { body: { refreshToken } }))
        .body.refreshToken;
    const first = (await poll(office, deviceCode)).body.refreshToken;
    await refresh(await refresh(first));
    const { accountId, id, clientId } = await newestSession(office, person.email);
    await office.ports.sessions.rename(
      accountId,
      { sessionId: id, name: "Kitchen" },
      {
        sessionId: id,
        at: new Date(),
      },
    );

    await refresh(first);

    expect(await replaysOf(office, person.email)).toMatchObject([
      { event: "refresh-token-replayed", clientId, subject: "Kitchen", sessionId: id },
    ]);
  });

  it("of an app that is not remembered ends its session with no look at that app", async () => {
    const office = startPostOffice();
    const { accessToken, person } = await signedIn(office);
    const { userCode, deviceCode } = await startedDevice(office);
    await decide(office, accessToken, { userCode });
    const elsewhere = startPostOffice();
    await signedIn(elsewhere);
    const refresh = (refreshToken: string) =>
      elsewhere.ask<{ refreshToken: string }>("/api/auth/refresh", { body: { refreshToken } });
    const first = (await poll(office, deviceCode)).body.refreshToken;
    await refresh((await refresh(first)).body.refreshToken);
    const { clientId } = await newestSession(office, person.email);

    const { d1 } = await countCalls(() => refresh(first));

    // That the token is not good, whose session it is of, and its end.
    expect(d1).toBe(3);
    const [replay] = await replaysOf(office, person.email);
    expect(replay).toMatchObject({ clientId, subject: expect.stringMatching(/./) });
  });

  it("and is an authorization code is told too, once", async () => {
    const office = startPostOffice();
    const person = await registered(office);
    const { accessToken } = await signedIn(office, person);
    const code = await codeFor(office, accessToken);
    tokensIn(await askToken(office, redemption(code)));

    const bringAgain = async () => {
      expect((await askToken(office, redemption(code))).status).toBe(400);
    };
    // That it was used, and the end of what it gave. Then there is nothing to end.
    expect((await countCalls(bringAgain)).d1).toBe(2);
    expect((await countCalls(bringAgain)).d1).toBe(1);

    expect(await replaysOf(office, person.email)).toMatchObject([
      {
        event: "authorization-code-replayed",
        clientId: "test-spa",
        subject: "The client test-spa",
        actorId: "",
      },
    ]);
  });
});
