import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import { signedInOnPage } from "../support/page-session.ts";
import type { Person } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";
import { contracts, offering, pairs } from "./contracts.ts";
import { given, no, type Tokens } from "./driver.ts";

beforeAll(registerClients);

/** Signs somebody in once in every way there is. */
async function everywhere(service: TestService, person: Person) {
  const sessions = [];
  for (const contract of contracts) {
    const { accessToken } = given(await contract.connect(service).signIn(person));
    sessions.push(accessToken);
  }
  await signedInOnPage(service, person);
  for (const contract of offering("device")) {
    const { device, ...driver } = contract.connect(service);
    const { accessToken } = given(await driver.signIn(person));
    const { deviceCode, userCode } = given(await device.start());
    given(await device.approve(accessToken, { userCode }));
    sessions.push(accessToken, given(await device.poll(deviceCode)).accessToken);
  }
  return { count: sessions.length + 1 };
}

describe.each(offering("sessions"))("SES-05: the list of $contract", ({ connect }) => {
  it("has the sessions of every contract, of devices and of pages, the newest first", async () => {
    const service = startService();
    const person = await member(service);
    const { count } = await everywhere(service, person);
    const driver = connect(service);
    // Signing in makes one more, or takes the place of the one before.
    const { accessToken } = given(await driver.signIn(person));
    const replaced = connect(service).refresh === null ? 1 : 0;

    const listed = await driver.sessions.list(accessToken);

    expect(new Set(listed).size).toBe(count + 1 - replaced);
  });

  it("is of one's own sessions, and strangers' cannot be ended", async () => {
    const service = startService();
    const driver = connect(service);
    const [mine, theirs] = [await member(service), await member(service)];
    const me = given(await driver.signIn(mine));
    for (let count = 0; count < 3; count++) {
      given((await contracts[0]?.connect(service).signIn(theirs)) ?? no("internal"));
    }
    const them = given(await driver.signIn(theirs));
    const [newest = ""] = await driver.sessions.list(them.accessToken);

    const answer = await driver.sessions.revoke(me.accessToken, newest);

    expect(answer.yes).toBe(false);
    expect(await driver.sessions.list(me.accessToken)).toHaveLength(1);
    expect(await driver.isSignedIn(them.accessToken)).toBe(true);
  });
});

describe.each(pairs(offering("sessions"), contracts))(
  "SES-05: a session that is ended in the list of $from",
  ({ one, other, to }) => {
    it(`is dead for ${to} and everybody else, at once`, async () => {
      const service = startService();
      const person = await member(service);
      const victim = given(await other.connect(service).signIn(person));
      const [listing, using] = [one.connect(service), other.connect(service)];
      const [, before] = [null, await listing.signIn(person)];
      const { accessToken } = given(before);
      const listed = await listing.sessions.list(accessToken);

      // The oldest is the victim, unless signing in took its place already.
      for (const session of listed.slice(1)) {
        given(await listing.sessions.revoke(accessToken, session));
      }

      expect(await using.isSignedIn(victim.accessToken)).toBe(false);
      for (const { connect } of contracts) {
        expect(await connect(service).isSignedIn(victim.accessToken)).toBe(false);
      }
      expect(await listing.isSignedIn(accessToken)).toBe(true);
    });
  },
);

describe.each(offering("signOut"))("SES-03: signing out through $contract", ({ connect }) => {
  it("ends that session at once and no other", async () => {
    const service = startService();
    const driver = connect(service);
    const person = await member(service);
    const other = given((await contracts[0]?.connect(service).signIn(person)) ?? no("internal"));
    const { accessToken } = given(await driver.signIn(person));

    given(await driver.signOut(accessToken));

    for (const { connect: elsewhere } of contracts) {
      expect(await elsewhere(startService()).isSignedIn(accessToken)).toBe(false);
    }
    expect(await contracts[0]?.connect(service).isSignedIn(other.accessToken)).toBe(true);
  });
});

describe.each(offering("signOut", "refresh"))(
  "SES-03: signing out through $contract",
  (contract) => {
    it("is the end of the copied refresh token as well", async () => {
      const driver = contract.connect(startService());
      const { accessToken, refreshToken } = given(
        await driver.signIn(await member(startService())),
      );

      given(await driver.signOut(accessToken));

      const thief = contract.connect(startService());
      expect(await thief.refresh(refreshToken ?? "")).toEqual(no("refresh_token_invalid"));
    });
  },
);

/** In days: how long a session lives unused, and how long at most. */
const LIVES: Record<string, { idle: number; absolute: number }> = {
  planasonix: { idle: 30, absolute: 180 },
  credebl: { idle: 30, absolute: 180 },
  planpoint: { idle: 7, absolute: 90 },
};

describe.each(offering("refresh"))(
  "SES-04: through $contract, a session",
  ({ contract, connect }) => {
    const { idle = 0, absolute = 0 } = LIVES[contract] ?? {};
    const dead = no("refresh_token_invalid");

    it("ends when it was not used for its idle time", async () => {
      stopClock();
      const driver = connect(startService());
      const first = given(await driver.signIn(await member(startService())));

      passSeconds(idle * DAY_SECONDS - 1);
      const second = given(await driver.refresh(first.refreshToken ?? ""));
      passSeconds(idle * DAY_SECONDS);

      expect(await driver.refresh(second.refreshToken ?? "")).toEqual(dead);
      expect(await driver.isSignedIn(second.accessToken)).toBe(false);
    });

    it("ends at its time, however often it was used", async () => {
      stopClock();
      const driver = connect(startService());
      let { refreshToken } = given(await driver.signIn(await member(startService()))) as Tokens;
      const use = async () => {
        ({ refreshToken } = given(await driver.refresh(refreshToken ?? "")));
      };
      const endsAt = Date.now() + absolute * DAY_SECONDS * 1000;
      const secondsLeft = () => (endsAt - Date.now()) / 1000;
      const step = (idle - 1) * DAY_SECONDS;
      while (secondsLeft() > step) {
        passSeconds(step);
        await use();
      }
      passSeconds(secondsLeft() - 1);
      await use();

      passSeconds(1);

      expect(await driver.refresh(refreshToken ?? "")).toEqual(dead);
    });
  },
);

describe.each(offering("refresh"))("through $contract, a refresh token", ({ connect }) => {
  it("is traded for its successor, and a stolen one ends the session", async () => {
    const service = startService();
    const driver = connect(service);
    const trade = ({ refreshToken }: Tokens) => driver.refresh(refreshToken ?? "");
    const first = given(await driver.signIn(await member(service)));

    const second = given(await trade(first));
    const third = given(await trade(second));
    expect(await driver.isSignedIn(third.accessToken)).toBe(true);

    expect(await trade(first)).toEqual(no("refresh_token_invalid"));
    expect(await trade(third)).toEqual(no("refresh_token_invalid"));
    expect(await driver.isSignedIn(third.accessToken)).toBe(false);
  });
});

describe.each(
  pairs(offering("refresh"), offering("refresh")).filter(({ one, other }) => one !== other),
)("a refresh token of $from", ({ one, other, to }) => {
  it(`is none of ${to}`, async () => {
    const service = startService();
    const { refreshToken } = given(await one.connect(service).signIn(await member(service)));

    const answer = await other.connect(service).refresh(refreshToken ?? "");

    expect(answer).toEqual(no("refresh_token_invalid"));
    given(await one.connect(service).refresh(refreshToken ?? ""));
  });
});

describe.each(pairs(contracts, contracts))("an access token of $from", ({ one, other, to }) => {
  it(`is the account's at ${to} too`, async () => {
    const service = startService();
    const { accessToken } = given(await one.connect(service).signIn(await member(service)));

    expect(await other.connect(service).isSignedIn(accessToken)).toBe(true);
  });
});
