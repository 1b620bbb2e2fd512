import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../src/core/account/account.ts";
import { setInitialPassword } from "../../src/core/account/set-initial-password.ts";
import { Refused } from "../../src/core/refused.ts";
import { identifyByAccessToken } from "../../src/core/session/identify.ts";
import { impersonate } from "../../src/core/session/impersonate.ts";
import { revokeOtherSessions } from "../../src/core/session/revoke-other-sessions.ts";
import { terms } from "../../src/surfaces/planpoint/terms.ts";
import { alterAccount } from "../support/alter-account.ts";
import { asking, granted, type Owner, owner } from "../support/asking.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { registered, signedIn } from "../support/people.ts";
import { type PostOffice, startPostOffice } from "../support/post-office.ts";

const SHUT_OUT = new Refused("access_token_invalid");

let office: PostOffice;
/** Whoever has a session that a request found a second ago, and the owner who ends it from another. */
let intruder: Owner;
let person: Owner;

beforeEach(async () => {
  stopClock();
  office = startPostOffice();
  person = await owner(office);
  intruder = await again(person);
  passSeconds(1);
});

async function again({ person }: Owner): Promise<Owner> {
  const { accessToken } = await signedIn(office, person);
  const { context, settled } = asking(office);
  const caller = await identifyByAccessToken(context, accessToken);
  return { person, accessToken, context, settled, caller: caller ?? expect.fail("nobody") };
}

const shutOut = async ({ context, caller } = person) =>
  granted(await revokeOtherSessions(context, { caller }));

describe("a request that looked its session up just before that was ended with all others", () => {
  it("sets no first password", async () => {
    const { id } = person.caller.account;
    await env.DB.prepare("UPDATE passwords SET hash = NULL WHERE account_id = ?").bind(id).run();
    const set = ({ context, caller }: Owner) =>
      setInitialPassword(context, { caller, password: "another gentle otter" });
    const hash = async () =>
      (await office.ports.accounts.findCredentials({ accountId: id }))?.passwordHash;
    await shutOut();

    expect(await set(intruder)).toEqual(SHUT_OUT);
    expect(await hash()).toBeNull();

    expect(await set(person)).toBeUndefined();
    expect(await hash()).toEqual(expect.any(String));
  });

  it("signs in as nobody else", async () => {
    const { email } = await registered(office);
    await alterAccount(person.person, { role: "admin" });
    await shutOut();

    expect(await enter(intruder, email)).toEqual(SHUT_OUT);
    expect(await enter(person, email)).toMatchObject({ account: { email } });
  });
});

describe("a request that looked somebody up before their role was taken", () => {
  it("signs in as nobody else", async () => {
    const { email } = await registered(office);

    expect(await enter(person, email)).toEqual(new Refused("role_too_low"));
  });

  it("signs in as nobody whom what they are now does not reach", async () => {
    const { email } = await registered(office);
    await alterAccount({ email }, { role: "admin" });
    await alterAccount(person.person, { role: "admin" });

    expect(await enter(person, email, "superadmin")).toEqual(new Refused("target_unknown"));
    await alterAccount(person.person, { role: "superadmin" });
    expect(await enter(person, email, "superadmin")).toMatchObject({ account: { email } });
  });
});

/** As the administrator who the request found, whatever they are by now. */
function enter(who: Owner, email: string, role: Role = "admin") {
  const { context } = who;
  const { session, account } = who.caller;
  const caller = { session, account: { ...account, role } };
  return impersonate({ ...context, terms }, { caller, email });
}
