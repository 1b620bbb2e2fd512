import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { accountMade } from "../../src/core/account/account-made.ts";
import type { Caller } from "../../src/core/caller/caller.ts";
import { addPasskey } from "../../src/core/passkey/add-passkey.ts";
import { listPasskeys } from "../../src/core/passkey/list-passkeys.ts";
import { removePasskey } from "../../src/core/passkey/remove-passkey.ts";
import { renamePasskey } from "../../src/core/passkey/rename-passkey.ts";
import { startPasskeyRegistration } from "../../src/core/passkey/start-passkey-registration.ts";
import { startPasskeySignIn } from "../../src/core/passkey/start-passkey-sign-in.ts";
import { Refused } from "../../src/core/refused.ts";
import { signInWithPasskey } from "../../src/core/session/sign-in-with-passkey.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { composeService } from "../../src/ports.ts";
import { asking, granted, openedSession, provedAccount } from "../support/asking.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { type Lies, PasskeyDevice } from "../support/passkey-device.ts";

const LIFETIME_SECONDS = 600;
const FRESH_SECONDS = 600;
const ELSEWHERE = "https://login.example.net";
const INVALID = new Refused("passkey_invalid");
const LAPSED = new Refused("challenge_invalid");

const { ports } = composeService(env);

/** Somebody who is signed in on a page, and how they ask. */
async function someone(tenantId = DEFAULT_TENANT_ID) {
  const { context } = asking({ ports }, { tenantId });
  const account = provedAccount(context);
  const event = accountMade(context, account);
  await ports.accounts.insert({ account, passwordHash: null, event });
  const caller = { account, session: await openedSession(context, account) };
  return { context, caller, device: await PasskeyDevice.make() };
}

type Someone = Awaited<ReturnType<typeof someone>>;

async function add({ context, caller, device }: Someone, lies?: Lies, name = "My phone") {
  const begun = granted(await startPasskeyRegistration(context, { caller }));
  const answer = await device.create(begun.options, lies);
  return addPasskey(context, { caller, name, ceremony: begun.ceremony, answer });
}

async function someoneWithPasskey() {
  const who = await someone();
  granted(await add(who));
  const [passkey] = await passkeysOf(who);
  if (!passkey) {
    throw new Error("the passkey was not kept");
  }
  return { ...who, passkey };
}

async function passkeysOf({ context, caller }: Pick<Someone, "context" | "caller">) {
  return granted(await listPasskeys(context, { caller })).passkeys;
}

async function signIn({ context, device }: Pick<Someone, "context" | "device">, lies?: Lies) {
  const { ceremony, options } = await startPasskeySignIn(context);
  return signInWithPasskey(context, { ceremony, answer: await device.get(options, lies) });
}

/** Sessions of the account but the one in which it added its passkey. */
async function openedBeside({ account }: Caller): Promise<number> {
  return (await ports.sessions.list(account.id, new Date())).length - 1;
}

const alter = (assignment: string, accountId: string) =>
  env.DB.prepare(`UPDATE accounts SET ${assignment} WHERE id = ?`).bind(accountId).run();

beforeEach(stopClock);

describe("adding a passkey", () => {
  it("asks for one that can sign in alone, on a device that has none yet, for the public URL", async () => {
    const { context, caller, passkey } = await someoneWithPasskey();
    const { options } = granted(await startPasskeyRegistration(context, { caller }));
    const { id, email } = caller.account;
    expect(JSON.parse(options)).toEqual({
      rp: { id: "localhost", name: "localhost" },
      user: { id: btoa(id).replaceAll("=", ""), name: email, displayName: email },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: "public-key", alg })),
      timeout: 300_000,
      excludeCredentials: [
        { type: "public-key", id: passkey.credentialId, transports: ["hybrid", "internal"] },
      ],
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
      attestation: "none",
    });
  });

  it("keeps it for its owner, under the name they gave it", async () => {
    const { context, caller, device, passkey } = await someoneWithPasskey();
    expect(passkey).toEqual({
      id: expect.any(String),
      tenantId: caller.account.tenantId,
      accountId: caller.account.id,
      name: "My phone",
      credentialId: device.credentialId,
      transports: ["hybrid", "internal"],
      isSynced: false,
      createdAt: new Date(),
      lastUsedAt: null,
    });
    expect(await passkeysOf({ context, caller })).toEqual([passkey]);
    const other = await someone();
    expect(await passkeysOf(other)).toEqual([]);
  });

  it("tells one that a provider keeps from one that is on a single device", async () => {
    const device = await PasskeyDevice.make({ isSynced: true });
    const who = { ...(await someone()), device };
    granted(await add(who));
    expect(await passkeysOf(who)).toMatchObject([{ isSynced: true }]);
  });

  it.each<[string, Lies]>([
    ["of another site", { origin: ELSEWHERE }],
    ["of another port", { origin: "http://localhost:9999" }],
    ["for another relying party", { rpId: "example.net" }],
    ["to another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["to a sign-in", { type: "webauthn.get" }],
    ["without a person", { isPresent: false }],
    ["without knowing the person", { knowsPerson: false }],
    ["with an endless credential id", { credentialId: "A".repeat(1368) }],
  ])("refuses an answer %s", async (_, lies) => {
    const who = await someone();
    expect(await add(who, lies)).toEqual(INVALID);
    expect(await passkeysOf(who)).toEqual([]);
  });

  it("is finished by the session that began it, once, within its time, and by none after", async () => {
    const { context, caller, device } = await someone();
    const begun = granted(await startPasskeyRegistration(context, { caller }));
    const answer = await device.create(begun.options);
    const finish = (who: Caller) =>
      addPasskey(context, { caller: who, name: "x", ceremony: begun.ceremony, answer });
    expect(
      await finish({ ...caller, session: await openedSession(context, caller.account) }),
    ).toEqual(LAPSED);
    const other = await someone();
    expect(await finish(other.caller)).toEqual(LAPSED);
    granted(await finish(caller));
    expect(await finish(caller)).toEqual(new Refused("passkey_taken"));

    const late = granted(await startPasskeyRegistration(context, { caller }));
    passSeconds(LIFETIME_SECONDS);
    const tardy = { caller, name: "x", ceremony: late.ceremony, answer };
    expect(await addPasskey(context, tardy)).toEqual(LAPSED);
  });

  it("is refused to whoever was signed out while their device answered", async () => {
    const who = await someone();
    const { context, caller } = who;
    const begun = granted(await startPasskeyRegistration(context, { caller }));
    const answer = await who.device.create(begun.options);
    await ports.sessions.end(
      { accountId: caller.account.id, sessionId: caller.session.id },
      new Date(),
    );
    const late = { caller, name: "x", ceremony: begun.ceremony, answer };
    expect(await addPasskey(context, late)).toEqual(new Refused("access_token_invalid"));
    expect(await passkeysOf(who)).toEqual([]);
  });

  it("ends in one passkey, whatever two devices answer to the same ceremony", async () => {
    const { context, caller, device } = await someone();
    const { ceremony, options } = granted(await startPasskeyRegistration(context, { caller }));
    const devices = [device, await PasskeyDevice.make()];
    const outcomes = await Promise.all(
      devices.map(async (one) =>
        addPasskey(context, { caller, name: "x", ceremony, answer: await one.create(options) }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome instanceof Refused)).toEqual([
      new Refused("passkey_taken"),
    ]);
  });

  it("takes no ceremony of a sign-in, and a sign-in none of this", async () => {
    const { context, caller, device } = await someoneWithPasskey();
    const signing = await startPasskeySignIn(context);
    const adding = granted(await startPasskeyRegistration(context, { caller }));
    const other = await PasskeyDevice.make();
    const options = JSON.stringify({
      ...JSON.parse(adding.options),
      ...JSON.parse(signing.options),
    });
    const made = { name: "x", ceremony: signing.ceremony, answer: await other.create(options) };
    expect(await addPasskey(context, { caller, ...made })).toEqual(LAPSED);
    const given = { ceremony: adding.ceremony, answer: await device.get(adding.options) };
    expect(await signInWithPasskey(context, given)).toEqual(LAPSED);
  });

  it("refuses one that another account has", async () => {
    const { device } = await someoneWithPasskey();
    expect(await add({ ...(await someone()), device })).toEqual(new Refused("passkey_taken"));
  });

  it("stops at twenty, also when many are added at once", async () => {
    const who = await someone();
    const outcomes = await Promise.all(
      Array.from({ length: 23 }, async () => add({ ...who, device: await PasskeyDevice.make() })),
    );
    const refused = outcomes.filter((outcome) => outcome instanceof Refused);
    expect(refused).toEqual(Array(3).fill(new Refused("too_many_passkeys")));
  });

  it("takes a sign-in of the last ten minutes", async () => {
    const { context, caller, device } = await someone();
    const { ceremony, options } = granted(await startPasskeyRegistration(context, { caller }));
    passSeconds(FRESH_SECONDS + 1);
    const stale = new Refused("sign_in_stale");
    expect(await startPasskeyRegistration(context, { caller })).toEqual(stale);
    const answer = await device.create(options);
    expect(await addPasskey(context, { caller, name: "x", ceremony, answer })).toEqual(stale);
  });
});

describe("signing in with a passkey alone", () => {
  it("asks the same of everybody, and for a device that knows its person", async () => {
    const { context } = await someoneWithPasskey();
    const { options } = await startPasskeySignIn(context);
    expect(JSON.parse(options)).toEqual({
      rpId: "localhost",
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 300_000,
      allowCredentials: [],
      userVerification: "required",
    });
  });

  it("opens a session of the passkey's account, and remembers the use", async () => {
    const { context, caller, device, passkey } = await someoneWithPasskey();
    passSeconds(60);
    const signedInNow = granted(await signIn({ context, device }));
    expect(signedInNow.account).toEqual(caller.account);
    const { session } = signedInNow;
    expect(await ports.sessions.findCaller(session.id, new Date())).toEqual({
      session,
      account: caller.account,
    });
    expect(await passkeysOf({ context, caller })).toEqual([{ ...passkey, lastUsedAt: new Date() }]);
  });

  it.each<[string, Lies]>([
    ["of another site", { origin: ELSEWHERE }],
    ["for another relying party", { rpId: "example.net" }],
    ["to another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["to a registration", { type: "webauthn.create" }],
    ["in a frame of another site", { crossOrigin: true, topOrigin: ELSEWHERE }],
    ["without a person", { isPresent: false }],
    ["without knowing the person", { knowsPerson: false }],
    ["that does not say whose it is", { userHandle: null }],
    ["that says it is somebody else's", { userHandle: btoa(crypto.randomUUID()) }],
    ["of a passkey that nobody has", { credentialId: "AAAAAAAAAAAAAAAAAAAAAA" }],
  ])("refuses an answer %s, all alike, and moves no counter", async (_, lies) => {
    const who = await someoneWithPasskey();
    const { counter } = who.device;
    expect(await signIn(who, { ...lies, counter: counter + 9 })).toEqual(INVALID);
    granted(await signIn(who));
  });

  it("refuses the answer of another device that calls itself the same", async () => {
    const who = await someoneWithPasskey();
    const other = await PasskeyDevice.make();
    await other.create(granted(await startPasskeyRegistration(who.context, who)).options);
    const { credentialId } = who.device;
    expect(await signIn({ ...who, device: other }, { credentialId })).toEqual(INVALID);
  });

  it.each(["", "null", "[]", "{", '"x"', "{}", '{"id":1}', '{"id":"\\ud800"}', '{"id":"AAAA"}'])(
    "refuses what is no answer: %j",
    async (answer) => {
      const { context, caller } = await someone();
      const { ceremony } = await startPasskeySignIn(context);
      expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(INVALID);
      const begun = granted(await startPasskeyRegistration(context, { caller }));
      const made = { caller, name: "x", ceremony: begun.ceremony, answer };
      expect(await addPasskey(context, made)).toEqual(INVALID);
    },
  );

  it("refuses parts of the wrong kind anywhere in an answer", async () => {
    const other = await PasskeyDevice.make();
    for (const broken of [null, 1, {}, [], "", "!", "AAAA", { includes: 1 }]) {
      const { context, caller, device } = await someoneWithPasskey();
      for (const part of ["response", "rawId", "type"]) {
        const { ceremony, options } = await startPasskeySignIn(context);
        const answer = withPart(await device.get(options), [part], broken);
        expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(INVALID);
      }
      for (const part of ["clientDataJSON", "authenticatorData", "signature"]) {
        const { ceremony, options } = await startPasskeySignIn(context);
        const answer = withPart(await device.get(options), ["response", part], broken);
        expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(INVALID);
      }
      for (const part of ["clientDataJSON", "attestationObject"]) {
        const begun = granted(await startPasskeyRegistration(context, { caller }));
        const answer = withPart(await other.create(begun.options), ["response", part], broken);
        const made = { caller, name: "x", ceremony: begun.ceremony, answer };
        expect(await addPasskey(context, made)).toEqual(INVALID);
      }
    }
  });

  it("refuses a counter that stands still or goes back: somebody copied the passkey", async () => {
    const who = await someoneWithPasskey();
    granted(await signIn(who, { counter: 7 }));
    expect(await signIn(who, { counter: 7 })).toEqual(INVALID);
    expect(await signIn(who, { counter: 3 })).toEqual(INVALID);
    expect(await signIn(who, { counter: 0 })).toEqual(INVALID);
    granted(await signIn(who, { counter: 8 }));
  });

  it("lets a passkey that does not count sign in again and again", async () => {
    const device = await PasskeyDevice.make({ isSynced: true });
    const who = { ...(await someone()), device };
    granted(await add(who));
    granted(await signIn(who));
    granted(await signIn(who));
  });

  it.each([
    ["counts", false],
    ["does not count", true],
  ])("opens one session with an answer, of twenty at once: %s", async (_, isSynced) => {
    const device = await PasskeyDevice.make({ isSynced });
    const { context, caller } = await someone();
    granted(await add({ context, caller, device }));
    const { ceremony, options } = await startPasskeySignIn(context);
    const answer = await device.get(options);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => signInWithPasskey(context, { ceremony, answer })),
    );
    const opened = outcomes.filter((outcome) => !(outcome instanceof Refused));
    expect(opened).toHaveLength(1);
    expect(await openedBeside(caller)).toBe(1);
    expect(await signInWithPasskey(context, { ceremony, answer })).toBeInstanceOf(Refused);
  });

  it("lets two devices with the same count in one after the other alone", async () => {
    const { context, caller, device } = await someoneWithPasskey();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => signIn({ context, device }, { counter: 5 })),
    );
    expect(outcomes.filter((outcome) => !(outcome instanceof Refused))).toHaveLength(1);
    expect(await openedBeside(caller)).toBe(1);
  });

  it("refuses when its time is up, and what nobody begun", async () => {
    const { context, device } = await someoneWithPasskey();
    const { ceremony, options } = await startPasskeySignIn(context);
    const answer = await device.get(options);
    passSeconds(LIFETIME_SECONDS);
    expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(LAPSED);
    expect(await signInWithPasskey(context, { ceremony: "", answer })).toEqual(LAPSED);
  });

  it("refuses with one ceremony's token what answers another", async () => {
    const { context, device } = await someoneWithPasskey();
    const [one, other] = [await startPasskeySignIn(context), await startPasskeySignIn(context)];
    const answer = await device.get(one.options);
    const { ceremony } = other;
    expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(INVALID);
  });

  it("refuses a passkey of another tenant, and a ceremony of another", async () => {
    const other = await someone(crypto.randomUUID());
    granted(await add(other));
    const { context } = await someone();
    expect(await signIn({ context, device: other.device })).toEqual(INVALID);
    const { ceremony, options } = await startPasskeySignIn(other.context);
    const answer = await other.device.get(options);
    expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(LAPSED);
    granted(await signInWithPasskey(other.context, { ceremony, answer }));
  });

  it.each([
    ["is disabled", "disabled_at = 1"],
    ["has to change its password", "must_reset_password = 1"],
  ])("refuses while the account %s, as if there were none", async (_, assignment) => {
    const who = await someoneWithPasskey();
    await alter(assignment, who.caller.account.id);
    expect(await signIn(who)).toEqual(INVALID);
  });

  it("refuses when the passkey was removed, also between the question and the answer", async () => {
    const { context, caller, device, passkey } = await someoneWithPasskey();
    const { ceremony, options } = await startPasskeySignIn(context);
    const answer = await device.get(options);
    granted(await removePasskey(context, { caller, passkeyId: passkey.id }));
    expect(await signInWithPasskey(context, { ceremony, answer })).toEqual(INVALID);
  });
});

function withPart(answer: string, path: readonly string[], value: unknown): string {
  const [key = "", ...rest] = path;
  const parsed = JSON.parse(answer);
  const inner =
    rest.length > 0 ? JSON.parse(withPart(JSON.stringify(parsed[key]), rest, value)) : value;
  return JSON.stringify({ ...parsed, [key]: inner });
}

describe("renaming and removing a passkey", () => {
  it("gives it another name", async () => {
    const { context, caller, passkey } = await someoneWithPasskey();
    granted(await renamePasskey(context, { caller, passkeyId: passkey.id, name: "Old phone" }));
    expect(await passkeysOf({ context, caller })).toEqual([{ ...passkey, name: "Old phone" }]);
  });

  it("takes it away, and it opens nothing any more", async () => {
    const who = await someoneWithPasskey();
    const { context, caller, passkey } = who;
    granted(await removePasskey(context, { caller, passkeyId: passkey.id }));
    expect(await passkeysOf(who)).toEqual([]);
    expect(await signIn(who)).toEqual(INVALID);
  });

  it("knows no passkey of others, and none twice", async () => {
    const { context, caller, passkey } = await someoneWithPasskey();
    const other = await someone();
    const passkeyId = passkey.id;
    const unknown = new Refused("passkey_unknown");
    const named = { caller: other.caller, passkeyId, name: "mine" };
    expect(await renamePasskey(other.context, named)).toEqual(unknown);
    expect(await removePasskey(other.context, { caller: other.caller, passkeyId })).toEqual(
      unknown,
    );
    expect(await passkeysOf({ context, caller })).toEqual([passkey]);
    granted(await removePasskey(context, { caller, passkeyId }));
    expect(await removePasskey(context, { caller, passkeyId })).toEqual(unknown);
  });

  it("takes a sign-in of the last ten minutes to remove one", async () => {
    const { context, caller, passkey } = await someoneWithPasskey();
    passSeconds(FRESH_SECONDS + 1);
    expect(await removePasskey(context, { caller, passkeyId: passkey.id })).toEqual(
      new Refused("sign_in_stale"),
    );
  });
});

describe("every operation on the passkeys of an account", () => {
  it.each([
    ["listing", listPasskeys],
    ["beginning to add", startPasskeyRegistration],
    ["adding", addPasskey],
    ["renaming", renamePasskey],
    ["removing", removePasskey],
  ])("is refused to a device and to whoever impersonates: %s", async (_, operation) => {
    const { context, caller, passkey } = await someoneWithPasskey();
    const ask = (session: Partial<Caller["session"]>) =>
      operation(context, {
        caller: { ...caller, session: { ...caller.session, ...session } },
        passkeyId: passkey.id,
        name: "x",
        ceremony: "",
        answer: "",
      });
    const refused = new Refused("insufficient_scope");
    expect(await ask({ scope: "openid profile:write" })).toEqual(refused);
    expect(await ask({ actorId: crypto.randomUUID() })).toEqual(refused);
  });
});
