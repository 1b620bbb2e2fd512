import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { type Deed, deeds } from "../../src/pages/manage/deeds.ts";
import { Authenticator } from "../support/authenticator.ts";
import { Browser, type Page } from "../support/browser.ts";
import { startedDevice } from "../support/devices.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { answerWith, passkeyOf } from "../support/passkeys.ts";
import { type Person, registered } from "../support/people.ts";
import { accountIdOf } from "../support/rows.ts";
import type { TestService } from "../support/service.ts";
import { LONG_CODE, tryHundredWrongCodes } from "../support/wrong-codes.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that people do on pages. */
export const pageFlows: readonly Flow[] = [
  registerAndSignIn,
  signInByMail,
  signInByLongCode,
  forgetPassword,
  decideDevices,
  lookAfterAccount,
  changeAddress,
  useTwoFactors,
  usePasskeys,
  makeKeys,
  administerOnPages,
];

async function registerAndSignIn(watch: Watch): Promise<void> {
  const service = watch.service();
  const person = watch.somebody();
  const browser = new Browser(service);
  await browser.open("/");
  const { form } = await browser.open("/register");
  await browser.submit(form("/register"), { ...person, password: "weak" });
  await browser.submit(form("/register"), { ...person });
  const token = await mailedToken(service, person.email, VERIFY);
  const link = await browser.open(`/verify?token=${token}`);
  await browser.submit(link.form("/verify"));
  await browser.open(`/verify-email-success?verificationCode=${token}&email=${person.email}`);
  const signIn = await browser.open("/signin?return_to=%2Faccount");
  const wrong = { email: person.email, password: watch.password("a wrong password") };
  await browser.submit(signIn.form("/signin"), wrong);
  await browser.signIn(person);
  await browser.submit((await browser.open("/account")).form("/signout"));
}

async function signInByMail(watch: Watch): Promise<void> {
  const service = watch.service();
  const { email } = await member(service, watch.somebody());
  const browser = new Browser(service);
  const asked = await browser.submit((await browser.open("/signin/mail")).form("/signin/mail"), {
    email,
  });
  const { text } = await mailTo(service, email, /code to sign in/i);
  const mailed_code = text.match(/^\d{6}$/m)?.[0] ?? "";
  await browser.submit(asked.form("/signin/mail/code"), {
    mailed_code: watch.typed("a wrong login code", mailed_code === "100001" ? "100002" : "100001"),
  });
  await browser.submit(asked.form("/signin/mail/code"), { mailed_code });
}

/** At a mailbox for which somebody guessed too often. */
async function signInByLongCode(watch: Watch): Promise<void> {
  const service = watch.service();
  const { email } = await member(service, watch.somebody());
  await tryHundredWrongCodes(service.ports.loginCodes, { tenantId: DEFAULT_TENANT_ID, email });
  const browser = new Browser(service);
  const asked = await browser.submit((await browser.open("/signin/mail")).form("/signin/mail"), {
    email,
  });
  const { text } = await mailTo(service, email, /code to sign in/i);
  const [mailed_code = ""] = text.match(LONG_CODE) ?? [];
  await browser.submit(asked.form("/signin/mail/code"), { mailed_code });
}

async function forgetPassword(watch: Watch): Promise<void> {
  const service = watch.service();
  const { email } = await member(service, watch.somebody());
  const browser = new Browser(service);
  await browser.submit((await browser.open("/forgot")).form("/forgot"), { email });
  const token = await mailedToken(service, email, RESET);
  const { form } = await browser.open(`/reset?token=${token}`);
  await browser.submit(form("/reset"), { password: "weak" });
  await browser.submit(form("/reset"), { password: watch.password("a reset password") });
  await browser.submit(form("/reset"), { password: watch.password("a late password") });
  await browser.open(`/reset-password?verificationCode=${token}&email=${email}`);
}

async function decideDevices(watch: Watch): Promise<void> {
  const service = watch.service();
  for (const decision of ["approve", "deny"]) {
    const { userCode } = await startedDevice(service);
    const { browser, person } = await newcomer(watch, service);
    const stranger = new Browser(service);
    const signIn = await stranger.follow(await stranger.open(`/device?user_code=${userCode}`));
    const { email, password } = person;
    await stranger.follow(await stranger.submit(signIn.form("/signin"), { email, password }));
    const { form } = await browser.open(`/device?user_code=${userCode}`);
    await browser.submit(form("/device"), { decision });
    await browser.open("/device?user_code=ZZZZ-ZZZZ");
  }
}

async function lookAfterAccount(watch: Watch): Promise<void> {
  const { browser, person } = await newcomer(watch);
  const other = new Browser(watch.service());
  await other.signIn(person);
  for (const path of ["/account/security", "/account/activity", "/account/sessions"]) {
    await browser.open(path);
  }
  const profile = await browser.open("/account/profile");
  await browser.submit(profile.form("/account/profile"), { name: "Canaria Quimby" });
  const sessions = await browser.open("/account/sessions");
  await browser.submit(sessions.form("/account/sessions/rename"), { name: "Canary's laptop" });
  await browser.submit(sessions.form("/account/sessions/end"));
  const elsewhere = "/account/sessions/elsewhere";
  await browser.submit((await browser.open(elsewhere)).form(elsewhere));
  const { form } = await browser.open("/account/security/password");
  await browser.submit(form("/account/security/password"), {
    current_password: person.password,
    password: watch.password("a changed password"),
  });
}

async function changeAddress(watch: Watch): Promise<void> {
  const service = watch.service();
  const { browser, person } = await newcomer(watch, service);
  const { email } = watch.somebody();
  const path = "/account/security/email";
  await browser.submit((await browser.open(path)).form(path), { email });
  const newcomers = new Browser(service);
  await newcomers.signIn(await registered(service, watch.somebody()));
  await newcomers.submit((await newcomers.open(path)).form(`${path}/again`));
  const token = await mailedToken(service, email, /confirm/i);
  const link = await browser.open(`/account/email/confirm?token=${token}`);
  await browser.submit(link.form("/account/email/confirm"));
  // Whose account it was takes it back.
  const { text } = await mailTo(service, person.email, /address/i);
  const secure = text.match(/secure\?token=([\w-]+)/)?.[1] ?? "";
  const { form } = await new Browser(service).open(`/secure?token=${secure}`);
  await browser.submit(form("/secure"));
}

async function useTwoFactors(watch: Watch): Promise<void> {
  const service = watch.service();
  const { browser, person } = await newcomer(watch, service);
  const path = "/account/security/two-factor";
  const shown = await browser.submit((await browser.open(path)).form(path));
  const secret = learnt(watch, "authenticator secret", shown, /^([A-Z2-7]{4} ?){8}$/);
  const app = new Authenticator(secret.replaceAll(" ", ""));
  await browser.submit(shown.form(`${path}/confirm`), { code: app.wrongCode() });
  const code = watch.typed("code of the app", app.code());
  const on = await browser.submit(shown.form(`${path}/confirm`), { code });
  const recoveryCode = learnt(watch, "recovery code", on, RECOVERY_CODE);
  await browser.open(path);
  await signInTwice(watch, service, person, { app, recoveryCode });
  const codes = "/account/security/recovery-codes";
  const renewed = await browser.submit((await browser.open(codes)).form(codes), {
    code: watch.typed("code of the app", app.nextCode()),
  });
  learnt(watch, "recovery code", renewed, RECOVERY_CODE);
  await browser.submit((await browser.open(`${path}-off`)).form(`${path}-off`), {
    password: person.password,
    code: watch.typed("code of the app", app.nextCode()),
  });
}

const RECOVERY_CODE = /^[2-9a-z]{5}-[2-9a-z]{5}$/;

async function signInTwice(
  watch: Watch,
  service: TestService,
  { email, password }: Person,
  { app, recoveryCode }: { app: Authenticator; recoveryCode: string },
): Promise<void> {
  const wrong = watch.typed("a wrong recovery code", "canry-wrong");
  const next = watch.typed("code of the app", app.nextCode());
  for (const code of [next, recoveryCode]) {
    const browser = new Browser(service);
    const { form } = await browser.open("/signin");
    const asked = await browser.submit(form("/signin"), { email, password });
    await browser.submit(asked.form("/signin/code"), { code: wrong });
    await browser.submit(asked.form("/signin/code"), { code });
  }
}

async function usePasskeys(watch: Watch): Promise<void> {
  const service = watch.service();
  const { browser } = await newcomer(watch, service);
  const device = await passkeyOf(browser);
  const stranger = new Browser(service);
  await answerWith(stranger, await stranger.open("/signin"), device);
  const { form } = await browser.open("/account/passkeys");
  await browser.submit(form("/account/passkeys/rename"), { name: "Canary's phone" });
  await browser.submit(form("/account/passkeys/remove"));
}

async function makeKeys(watch: Watch): Promise<void> {
  const service = watch.service();
  const { browser } = await newcomer(watch, service);
  const path = "/account/keys";
  const { csrf = "" } = (await browser.open(path)).form("/signout").fields;
  const made = await browser.post(path, { csrf, name: "A", "profile:read": "on", life: "30" });
  const bearer = learnt(watch, "key", made, /^plnx_live_\w+$/);
  await service.ask("/api/user/profile", { method: "GET", bearer });
  await browser.submit((await browser.open(path)).form(`${path}/delete`));
}

async function administerOnPages(watch: Watch): Promise<void> {
  const service = watch.service();
  const { browser, person: boss } = await newcomer(watch, service);
  await env.DB.prepare("UPDATE accounts SET role = 'superadmin' WHERE email = ?")
    .bind(boss.email)
    .run();
  const { browser: theirs, person } = await newcomer(watch, service);
  const at = `/manage/accounts/${await accountIdOf(person)}`;
  const { form } = await browser.open("/manage");
  await browser.follow(await browser.submit(form("/manage"), { prefix: person.email }));
  for (const below of ["", "/sessions", "/events"]) {
    await browser.open(at + below);
  }
  const { csrf = "" } = form("/manage").fields;
  const press = async (deed: Deed) => {
    await browser.open(`${at}/${deed}`);
    await browser.follow(await browser.post(`${at}/${deed}`, { csrf }));
  };
  await press("password-reset");
  await mailedToken(service, person.email, RESET);
  await theirs.open(at);
  for (const deed of Object.keys(deeds) as Deed[]) {
    await press(deed);
  }
}

/** Somebody with a proved address, signed in on a browser of their own. */
async function newcomer(watch: Watch, service = watch.service()) {
  const person = await member(service, watch.somebody());
  const browser = new Browser(service);
  await browser.signIn(person);
  return { browser, person };
}

/** A secret of which the lines of a page have several: all are known from here on, the first is given. */
function learnt(watch: Watch, kind: string, { lines, title }: Page, form: RegExp): string {
  const [first, ...more] = lines.filter((line) => form.test(line));
  if (first === undefined) {
    throw new Error(`the page "${title}" shows no ${kind}`);
  }
  for (const secret of [first, ...more]) {
    watch.secrets.add(kind, secret.replaceAll(" ", ""), watch.answers.at(-1)?.where ?? "");
  }
  return first;
}
