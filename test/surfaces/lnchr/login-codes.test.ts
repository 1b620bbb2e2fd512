import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { MailOrder } from "../../../src/core/mail/mail-order.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { somebody } from "../../support/people.ts";
import { only } from "../../support/post-office.ts";
import { newTenant } from "../../support/tenants.ts";
import { tryHundredWrongCodes } from "../../support/wrong-codes.ts";
import {
  A_TOKEN,
  AN_ID,
  BAD_TOKEN,
  invalid,
  SEND_BOTH,
  seen,
  success,
  TOO_MANY_ATTEMPTS,
  tooMany,
  WRONG_CODE,
  WRONG_FACTOR,
} from "./answers.ts";
import {
  alter,
  BASES,
  CODE_SUBJECT,
  codeIn,
  codeMember,
  launcherAt,
  mailedCode,
  ROBIN,
  superadmin,
  verifyCode,
  withSecondFactor,
  wrong,
} from "./launcher.ts";

const close = ({ tenantId }: { tenantId: string }) =>
  env.DB.prepare("UPDATE tenants SET self_registration = 0 WHERE id = ?").bind(tenantId).run();

/** Its superadmin registered before it was closed. What it is reached by knows it closed. */
async function closedTenant() {
  const tenant = await newTenant();
  const before = launcherAt(tenant);
  const owner = await superadmin(before);
  await before.service.deliver();
  await close(tenant);
  return { launcher: launcherAt(tenant), ...owner };
}

describe("POST /api/v1/auth/send-code", () => {
  const SENT = success(200, { message: "If that address can sign in here, a code is on its way." });

  it.each(BASES)("mails a code under $base and answers every address alike", async ({ open }) => {
    const launcher = await open();
    const { email } = await superadmin(launcher);
    await launcher.service.deliver();
    const stranger = somebody().email;

    for (const to of [email, stranger]) {
      const body = { email: to, method: "email" };
      expect(seen(await launcher.ask("POST /auth/send-code", { body }))).toEqual(SENT);
    }

    const letters = await launcher.service.deliver();
    expect(letters.map(({ to, subject }) => ({ to, subject }))).toEqual([
      { to: email, subject: CODE_SUBJECT },
      { to: stranger, subject: CODE_SUBJECT },
    ]);
    for (const letter of letters) {
      expect(letter.html).toContain(`>${codeIn(letter)}</p>`);
    }
    expect(letters.map(({ text }) => text.replace(/^\d{6}$/m, "<code>").split("\n\n"))).toEqual([
      [
        "<code>",
        "Type this code where you are signing in. It works once and for 10 minutes. Only the newest code works.",
        "Somebody, perhaps you, registered with this address before but never confirmed it. Signing in confirms it, signs out everybody else, and ends the password that was chosen then and the API keys that were made. Set a new one afterwards, if you want to sign in with a password.",
        expect.stringMatching(/^Asked for · .* UTC$/),
        "If you did not ask for it, ignore this mail and give the code to nobody, whoever asks: without it nobody gets in.",
        expect.stringMatching(/^– .+\n$/),
      ],
      [
        "<code>",
        "Type this code where you are signing in. It works once and for 10 minutes. Only the newest code works.",
        expect.stringMatching(/^Asked for · .* UTC$/),
        "If you did not ask for it, ignore this mail and give the code to nobody, whoever asks: without it nobody gets in.",
        expect.stringMatching(/^– .+\n$/),
      ],
    ]);
  });

  it("mails nothing that could not sign anybody in, and answers the same", async () => {
    const { launcher, email, userId } = await closedTenant();
    await alter(userId, { disabledAt: new Date() });

    for (const to of [email, somebody().email]) {
      const answer = await launcher.ask("POST /auth/send-code", { body: { email: to } });
      expect(seen(answer)).toEqual(SENT);
    }

    expect(await launcher.service.deliver()).toEqual([]);
  });

  it("refuses another method, and names the field that is wrong", async () => {
    const { ask } = await BASES[1].open();
    const send = async (body: unknown) => seen(await ask("POST /auth/send-code", { body }));
    const { email } = somebody();

    expect(await send({ email, method: "sms" })).toEqual(invalid('method must be "email"'));
    expect(await send({ email: "robin" })).toEqual(invalid("email must be an e-mail address"));
    expect(await send(undefined)).toEqual(invalid("body must be an object"));
  });

  it("sends five an hour to one address", async () => {
    stopClock();
    const { ask } = await BASES[1].open();
    const { email } = somebody();
    const send = async () => seen(await ask("POST /auth/send-code", { body: { email } }));
    for (let sent = 0; sent < 5; sent++) {
      expect(await send()).toEqual(SENT);
    }

    expect(await send()).toEqual(tooMany(TOO_MANY_ATTEMPTS, 3600));
  });
});

describe("POST /api/v1/auth/verify-code", () => {
  it.each(BASES)("signs in under $base, and verifies the address", async ({ open }) => {
    const launcher = await open();
    const { email, userId: id, token } = await superadmin(launcher);
    const code = await mailedCode(launcher, email);

    const answer = await verifyCode(launcher, { email: ` ${email.toUpperCase()}`, code });

    expect(seen(answer)).toEqual(
      success(200, { token: A_TOKEN, user: { id, email, ...ROBIN, role: "superadmin" } }),
    );
    expect(await verifiedAt(id)).toBeGreaterThan(0);
    // Whoever was signed in before had not proved the address.
    expect(seen(await launcher.ask("GET /auth/me", { bearer: token }))).toEqual(BAD_TOKEN);
  });

  it.each(BASES)("makes an account under $base for an unknown address", async ({ open }) => {
    const launcher = await open();
    const { email } = somebody();
    const code = await mailedCode(launcher, email);

    const answer = await verifyCode(launcher, {
      email,
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });

    const user = { id: AN_ID, email, first_name: null, last_name: null, role: "user" };
    expect(seen(answer)).toEqual(success(200, { token: A_TOKEN, user }));
    expect(await verifiedAt(answer.body.data.user.id)).toBeGreaterThan(0);
  });

  it("makes no account where people may not register", async () => {
    const launcher = launcherAt(await newTenant({ selfRegistration: false }));
    const { email } = somebody();
    await launcher.ask("POST /auth/send-code", { body: { email } });

    expect(await launcher.service.deliver()).toEqual([]);
    expect(seen(await verifyCode(launcher, { email, code: "000000" }))).toEqual(WRONG_CODE);
  });

  it("makes none either where registration was closed after the code was sent", async () => {
    const launcher = await BASES[1].open();
    const { email } = somebody();
    const code = await mailedCode(launcher, email);
    await close(launcher);

    expect(seen(await verifyCode(launcher, { email, code }))).toEqual(WRONG_CODE);
  });

  it("refuses a code that is wrong, used, expired, of another address or another tenant", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const [{ email }, other] = [somebody(), somebody()];
    const code = await mailedCode(launcher, email);
    const answer = async (body: object) => seen(await verifyCode(launcher, body));

    expect(await answer({ email, code: wrong(code) })).toEqual(WRONG_CODE);
    expect(await answer({ email, code: "no code" })).toEqual(WRONG_CODE);
    expect(await answer({ email: other.email, code })).toEqual(WRONG_CODE);
    const elsewhere = await BASES[0].open();
    expect(seen(await verifyCode(elsewhere, { email, code }))).toEqual(WRONG_CODE);
    expect(await answer({ email, code })).toMatchObject({ status: 200 });
    expect(await answer({ email, code })).toEqual(WRONG_CODE);
    const late = await mailedCode(launcher, email);
    passSeconds(600);
    expect(await answer({ email, code: late })).toEqual(WRONG_CODE);
  });

  it("refuses an account that was disabled after the code was sent", async () => {
    const launcher = await BASES[1].open();
    const { email, userId } = await codeMember(launcher);
    const code = await mailedCode(launcher, email);
    await alter(userId, { disabledAt: new Date() });

    expect(seen(await verifyCode(launcher, { email, code }))).toEqual(WRONG_CODE);
  });

  it("voids the older code with a new one", async () => {
    const launcher = await BASES[1].open();
    const { email } = somebody();
    const first = await mailedCode(launcher, email);
    const second = await mailedCode(launcher, email);
    expect(second).not.toBe(first);

    expect(seen(await verifyCode(launcher, { email, code: first }))).toEqual(WRONG_CODE);
    expect((await verifyCode(launcher, { email, code: second })).status).toBe(200);
  });

  it("takes five wrong tries, counted alike where no code was sent, until a new code", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const [sent, unsent] = [somebody().email, somebody().email];
    const code = await mailedCode(launcher, sent);

    for (const email of [sent, unsent]) {
      for (let time = 1; time <= 5; time++) {
        const answer = await verifyCode(launcher, { email, code: wrong(code, time) });
        expect(seen(answer)).toEqual(WRONG_CODE);
      }
      expect(seen(await verifyCode(launcher, { email, code }))).toEqual({
        ...tooMany("Too many wrong codes. Ask for a new one.", 600),
        headers: expect.objectContaining({ "retry-after": expect.stringMatching(/^(599|600)$/) }),
      });
    }
    const renewed = await mailedCode(launcher, sent);
    expect((await verifyCode(launcher, { email: sent, code: renewed })).status).toBe(200);
  });

  it("gives an order that the queue brings again no new tries, and one of the same moment five", async () => {
    stopClock();
    const launcher = await BASES[1].open();
    const { service } = launcher;
    const { email } = somebody();
    const order = async () => {
      await launcher.ask("POST /auth/send-code", { body: { email } });
      return service.orders.splice(0);
    };
    const deliver = async (orders: MailOrder[]) => {
      service.orders.push(...orders.map((made) => ({ ...made })));
      return codeIn(only(await service.deliver()));
    };
    const tryWrongly = async (code: string, times: number) => {
      for (let time = 1; time <= times; time++) {
        const answer = await verifyCode(launcher, { email, code: wrong(code, time) });
        expect(seen(answer)).toEqual(WRONG_CODE);
      }
    };
    const [first, second] = [await order(), await order()];
    expect(first[0]?.origin).toEqual(second[0]?.origin);

    await tryWrongly(await deliver(first), 3);
    const again = await deliver(first);
    await tryWrongly(again, 2);
    expect((await verifyCode(launcher, { email, code: again })).status).toBe(429);
    await tryWrongly(await deliver(second), 4);
    // From before orders had ids.
    const withoutId = second.map(({ id: _, ...made }) => made);
    await tryWrongly(await deliver(withoutId), 4);
    await tryWrongly(await deliver(withoutId), 4);
  });

  it("takes the long code of a mailbox at which too many wrong ones were tried, as it is typed", async () => {
    const launcher = await BASES[1].open();
    const { email } = await codeMember(launcher);
    const { service, tenantId } = launcher;
    await tryHundredWrongCodes(service.ports.loginCodes, { tenantId, email });
    await launcher.ask("POST /auth/send-code", { body: { email } });
    const [code = ""] = only(await service.deliver()).text.split("\n");
    for (let tries = 0; tries < 6; tries++) {
      expect(seen(await verifyCode(launcher, { email, code: "000000" }))).toEqual(WRONG_CODE);
    }

    const typed = ` ${code.toUpperCase().replaceAll("-", " ")}`;

    expect(code).toMatch(/^\w{4}-\w{4}-\w{5}$/);
    expect((await verifyCode(launcher, { email, code: typed })).status).toBe(200);
    expect(await mailedCode(launcher, email)).toMatch(/^\d{6}$/);
  });

  it("answers alike at an address without an account after too many wrong ones", async () => {
    stopClock();
    const { launcher, email: known } = await closedTenant();
    const unknown = somebody().email;
    const answersAt = async (email: string) => {
      const { service, tenantId } = launcher;
      const answers = [];
      await tryHundredWrongCodes(service.ports.loginCodes, { tenantId, email });
      answers.push(seen(await verifyCode(launcher, { email, code: "000000" })));
      answers.push(seen(await launcher.ask("POST /auth/send-code", { body: { email } })));
      const letters = await service.deliver();
      for (let tries = 0; tries < 6; tries++) {
        answers.push(seen(await verifyCode(launcher, { email, code: "000000" })));
      }
      return { answers, letters: letters.length };
    };

    const told = await answersAt(known);

    expect(told.letters).toBe(1);
    expect(await answersAt(unknown)).toEqual({ ...told, letters: 0 });
    expect(told.answers.slice(2)).toEqual(Array(6).fill(WRONG_CODE));
  });

  it("asks for a second factor without spending the code", async () => {
    const launcher = await BASES[1].open();
    const { email, userId } = await codeMember(launcher);
    const factor = await withSecondFactor(launcher, userId);
    const code = await mailedCode(launcher, email);
    const totp_code = factor.app.code();
    const answer = async (given: object) =>
      seen(await verifyCode(launcher, { email, code, ...given }));

    expect(await answer({})).toEqual(SEND_BOTH);
    expect(await answer({ totp_code: factor.app.wrongCode() })).toEqual(WRONG_FACTOR);
    expect(await answer({ totp_code })).toMatchObject({ status: 200 });
    expect(await answer({ totp_code })).toEqual(WRONG_CODE);
    const again = await mailedCode(launcher, email);
    const recovery = { code: again, recovery_code: factor.recoveryCode };
    expect(await answer({ code: again, totp_code })).toEqual(WRONG_FACTOR);
    expect(await answer(recovery)).toMatchObject({ status: 200 });
  });

  it("names the field that is wrong", async () => {
    const launcher = await BASES[1].open();

    expect(seen(await verifyCode(launcher, { email: "robin", code: 123456 }))).toEqual(
      invalid("email must be an e-mail address; code must be a text"),
    );
  });
});

async function verifiedAt(userId: string): Promise<number> {
  const row = await env.DB.prepare("SELECT email_verified_at AS at FROM accounts WHERE id = ?")
    .bind(userId)
    .first<{ at: number | null }>();
  return row?.at ?? 0;
}
