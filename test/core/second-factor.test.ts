import { env } from "cloudflare:workers";
import { TOTP, URI } from "otpauth";
import { beforeEach, describe, expect, it } from "vitest";
import { accountMade } from "../../src/core/account/account-made.ts";
import type { Caller } from "../../src/core/caller/caller.ts";
import type { Context } from "../../src/core/ports.ts";
import { Refused } from "../../src/core/refused.ts";
import { confirmTotp } from "../../src/core/second-factor/confirm-totp.ts";
import { describeSecondFactor } from "../../src/core/second-factor/describe-second-factor.ts";
import { disableTotp } from "../../src/core/second-factor/disable-totp.ts";
import { type Enrolment, enrolTotp } from "../../src/core/second-factor/enrol-totp.ts";
import { replaceRecoveryCodes } from "../../src/core/second-factor/replace-recovery-codes.ts";
import { composeService } from "../../src/ports.ts";
import { terms } from "../../src/surfaces/planasonix/terms.ts";
import { asking, granted, openedSession, provedAccount } from "../support/asking.ts";
import { Authenticator } from "../support/authenticator.ts";
import { passSeconds, stopClock } from "../support/clock.ts";

const PASSWORD = "gentle-otter-of-the-meadow";
const INVALID = new Refused("second_factor_invalid");
const RECOVERY_CODE = /^[2-9a-km-np-z]{5}-[2-9a-km-np-z]{5}$/;

const { ports } = composeService(env);

/** Somebody who is signed in, and how they ask. */
async function someone() {
  const { context, settled } = asking({ ports }, { terms });
  const account = provedAccount(context);
  const passwordHash = await ports.passwordHashes.hash(PASSWORD);
  const event = accountMade(context, account);
  await ports.accounts.insert({ account, passwordHash, event });
  const caller: Caller = { session: await openedSession(context, account), account };
  return { context, caller, settled };
}

type Someone = Pick<Awaited<ReturnType<typeof someone>>, "context" | "caller">;

async function enrolledSomeone() {
  const who = await someone();
  const enrolment = granted(await enrolTotp(who.context, { caller: who.caller }));
  return { ...who, enrolment };
}

/** Their app was confirmed a step ago, so that its next code is good. */
async function protectedSomeone() {
  const who = await enrolledSomeone();
  const { context, caller, enrolment } = who;
  const { recoveryCodes } = granted(await confirmTotp(context, { caller, code: code(enrolment) }));
  passSeconds(30);
  return { ...who, recoveryCodes };
}

const code = ({ otpauthUri }: Enrolment) => URI.parse(otpauthUri).generate();
const wrong = ({ secret }: Enrolment) => new Authenticator(secret).wrongCode();
const state = ({ context, caller }: Someone) => describeSecondFactor(context, { caller });
const recoveryCode = (codes: readonly string[], i = 0) => codes[i] ?? "";

beforeEach(stopClock);

describe("enrolling an authenticator app", () => {
  it("gives a secret and a link that apps read, and turns nothing on yet", async () => {
    const who = await enrolledSomeone();
    const { secret, otpauthUri } = who.enrolment;
    const { email } = who.caller.account;
    expect(otpauthUri).toBe(
      `otpauth://totp/Latchkey:${encodeURIComponent(email)}?secret=${secret}` +
        "&issuer=Latchkey&algorithm=SHA1&digits=6&period=30",
    );
    const read = URI.parse(otpauthUri);
    expect(read).toBeInstanceOf(TOTP);
    expect(read).toMatchObject({ issuer: "Latchkey", label: email });
    expect(await state(who)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
  });

  it("keeps the secret sealed", async () => {
    const { caller, enrolment } = await enrolledSomeone();
    const stored = await ports.secondFactors.find(caller.account.id);
    expect(JSON.stringify(stored)).not.toContain(enrolment.secret);
  });

  it("checks a password that is given", async () => {
    const { context, caller } = await someone();
    expect(await enrolTotp(context, { caller, password: "wrong" })).toEqual(
      new Refused("invalid_credentials"),
    );
    expect(await ports.secondFactors.find(caller.account.id)).toBeNull();
    granted(await enrolTotp(context, { caller, password: PASSWORD }));
  });

  it("replaces one that is pending, and refuses where one is on", async () => {
    const { context, caller, enrolment: first } = await enrolledSomeone();
    const second = granted(await enrolTotp(context, { caller }));
    expect(await confirmTotp(context, { caller, code: code(first) })).toEqual(INVALID);
    granted(await confirmTotp(context, { caller, code: code(second) }));
    expect(await enrolTotp(context, { caller })).toEqual(new Refused("second_factor_on"));
  });
});

describe("confirming it", () => {
  it("turns it on with eight recovery codes", async () => {
    const who = await protectedSomeone();
    expect(who.recoveryCodes).toEqual(Array(8).fill(expect.stringMatching(RECOVERY_CODE)));
    expect(await state(who)).toEqual({ isOn: true, recoveryCodesLeft: 8 });
  });

  it("takes the named enrolment only while it is the pending one", async () => {
    const { context, caller, enrolment } = await enrolledSomeone();
    const named = { caller, code: code(enrolment) };
    const other = { ...named, enrolmentId: crypto.randomUUID() };
    expect(await confirmTotp(context, other)).toEqual(INVALID);
    const { enrolmentId } = enrolment;
    granted(await confirmTotp(context, { ...named, enrolmentId }));
    passSeconds(30);
    const again = { caller, code: code(enrolment), enrolmentId };
    expect(await confirmTotp(context, again)).toEqual(INVALID);
  });

  it("refuses a wrong code, and every code where nothing is pending", async () => {
    const who = await enrolledSomeone();
    const { context, caller, enrolment } = who;
    expect(await confirmTotp(context, { caller, code: wrong(enrolment) })).toEqual(INVALID);
    expect(await state(who)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
    const other = await someone();
    const without = { caller: other.caller, code: code(enrolment) };
    expect(await confirmTotp(other.context, without)).toEqual(INVALID);
  });

  it("uses up the code it takes", async () => {
    const { context, caller, enrolment } = await enrolledSomeone();
    const used = code(enrolment);
    granted(await confirmTotp(context, { caller, code: used }));
    const again = { caller, password: PASSWORD, code: used };
    expect(await disableTotp(context, again)).toEqual(INVALID);
  });

  it("gives recovery codes to one of many at once, and those are the ones that work", async () => {
    const { context, caller, enrolment } = await enrolledSomeone();
    const all = await Promise.all(
      Array.from({ length: 8 }, () => confirmTotp(context, { caller, code: code(enrolment) })),
    );
    const won = all.filter((outcome) => !(outcome instanceof Refused));
    expect(won).toHaveLength(1);
    const { recoveryCodes } = granted(won[0] ?? INVALID);
    const given = { recoveryCode: recoveryCode(recoveryCodes, 7) };
    granted(await disableTotp(context, { caller, password: PASSWORD, ...given }));
  });

  it("counts no right code as a failure whose enrolment was replaced meanwhile", async () => {
    const { settled, context, caller } = await someone();
    const { secondFactors } = context;
    const overtaken: Context = {
      ...context,
      secondFactors: {
        ...secondFactors,
        async confirm(confirmation) {
          await enrolTotp(context, { caller });
          return secondFactors.confirm(confirmation);
        },
      },
    };
    for (let i = 0; i < 14; i++) {
      const enrolment = granted(await enrolTotp(context, { caller }));
      expect(await confirmTotp(overtaken, { caller, code: code(enrolment) })).toEqual(INVALID);
      await settled();
    }

    const last = granted(await enrolTotp(context, { caller }));
    granted(await confirmTotp(context, { caller, code: code(last) }));
  });

  it("has guessers wait before a right code is told from a wrong one", async () => {
    const { context, caller, enrolment } = await enrolledSomeone();
    const guesses = [];
    for (let i = 0; i < 14; i++) {
      guesses.push(await confirmTotp(context, { caller, code: wrong(enrolment) }));
    }
    expect(guesses[0]).toEqual(INVALID);
    expect(guesses.at(-1)).toMatchObject({ reason: "rate_limited" });
    const right = await confirmTotp(context, { caller, code: code(enrolment) });
    expect(right).toMatchObject({ reason: "rate_limited" });
  });
});

describe("turning it off", () => {
  it.each([
    ["a code", (who: { enrolment: Enrolment }) => ({ code: code(who.enrolment) })],
    [
      "a recovery code",
      (who: { recoveryCodes: string[] }) => ({
        recoveryCode: recoveryCode(who.recoveryCodes).toUpperCase(),
      }),
    ],
  ])("takes the password and %s, and leaves nothing behind", async (_, give) => {
    const who = await protectedSomeone();
    const { context, caller } = who;
    granted(await disableTotp(context, { caller, password: PASSWORD, ...give(who) }));
    expect(await ports.secondFactors.find(caller.account.id)).toBeNull();
    expect(await state(who)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
    granted(await enrolTotp(context, { caller }));
  });

  it("refuses a wrong password before it looks at the code", async () => {
    const who = await protectedSomeone();
    const { context, caller, enrolment } = who;
    const right = code(enrolment);
    expect(await disableTotp(context, { caller, password: "wrong", code: right })).toEqual(
      new Refused("invalid_credentials"),
    );
    granted(await disableTotp(context, { caller, password: PASSWORD, code: right }));
  });

  it("refuses wrong codes, missing codes and codes of others, and changes nothing", async () => {
    const who = await protectedSomeone();
    const other = await protectedSomeone();
    const { context, caller, enrolment } = who;
    const given = [
      {},
      { code: wrong(enrolment) },
      { code: "" },
      { recoveryCode: "" },
      { recoveryCode: "22222-22222" },
      { recoveryCode: recoveryCode(other.recoveryCodes) },
      { code: wrong(enrolment), recoveryCode: recoveryCode(who.recoveryCodes) },
    ];
    for (const one of given) {
      expect(await disableTotp(context, { caller, password: PASSWORD, ...one })).toEqual(INVALID);
    }
    expect(await state(who)).toEqual({ isOn: true, recoveryCodesLeft: 8 });
  });

  it("refuses where none is on", async () => {
    const { context, caller, enrolment } = await enrolledSomeone();
    const given = { code: code(enrolment) };
    expect(await disableTotp(context, { caller, password: PASSWORD, ...given })).toEqual(INVALID);
    expect(await ports.secondFactors.find(caller.account.id)).not.toBeNull();
  });
});

describe("replacing the recovery codes", () => {
  it("gives eight new ones, and the old ones die", async () => {
    const who = await protectedSomeone();
    const { context, caller, enrolment, recoveryCodes: old } = who;
    const { recoveryCodes } = granted(
      await replaceRecoveryCodes(context, { caller, code: code(enrolment) }),
    );
    expect(recoveryCodes).toHaveLength(8);
    expect(recoveryCodes.filter((one) => old.includes(one))).toEqual([]);
    expect(await state(who)).toEqual({ isOn: true, recoveryCodesLeft: 8 });
    const disable = (one: string) =>
      disableTotp(context, { caller, password: PASSWORD, recoveryCode: one });
    expect(await disable(recoveryCode(old))).toEqual(INVALID);
    granted(await disable(recoveryCode(recoveryCodes)));
  });

  it("takes a code once, and no wrong code, no recovery code and none where none is on", async () => {
    const { context, caller, enrolment, recoveryCodes } = await protectedSomeone();
    const replace = (typed: string) => replaceRecoveryCodes(context, { caller, code: typed });
    expect(await replace(wrong(enrolment))).toEqual(INVALID);
    expect(await replace(recoveryCode(recoveryCodes))).toEqual(INVALID);
    const right = code(enrolment);
    granted(await replace(right));
    expect(await replace(right)).toEqual(INVALID);
    const pending = await enrolledSomeone();
    const early = { caller: pending.caller, code: code(pending.enrolment) };
    expect(await replaceRecoveryCodes(pending.context, early)).toEqual(INVALID);
  });
});

describe("a right code from somebody whose session has ended", () => {
  it.each([
    ["turning off", disableTotp],
    ["replacing recovery codes", replaceRecoveryCodes],
  ])("is written down as no wrong one: %s", async (_, operation) => {
    const { context, caller, enrolment, settled } = await protectedSomeone();
    const { id: accountId } = caller.account;
    await ports.sessions.end({ accountId, sessionId: caller.session.id }, context.clock.now());

    const given = { caller, password: PASSWORD, code: code(enrolment) };
    expect(await operation(context, given)).toEqual(new Refused("access_token_invalid"));

    await settled();
    const told = (await ports.auditLog.list(accountId, 10)).map(({ event }) => event);
    expect(told).toContain("second-factor-on");
    expect(told).not.toContain("second-factor-refused");
  });
});

describe("every one of these operations", () => {
  it.each([
    ["describing", describeSecondFactor],
    ["enrolling", enrolTotp],
    ["confirming", confirmTotp],
    ["turning off", disableTotp],
    ["replacing recovery codes", replaceRecoveryCodes],
  ])("is refused to a device and to whoever impersonates: %s", async (_, operation) => {
    const { context, caller, enrolment } = await enrolledSomeone();
    const ask = (session: Partial<Caller["session"]>) =>
      operation(context, {
        caller: { ...caller, session: { ...caller.session, ...session } },
        password: PASSWORD,
        code: code(enrolment),
      });
    const refused = new Refused("insufficient_scope");
    expect(await ask({ scope: "profile:read profile:write" })).toEqual(refused);
    expect(await ask({ actorId: crypto.randomUUID() })).toEqual(refused);
  });
});
