import { env } from "cloudflare:workers";
import { contracts } from "../conformance/contracts.ts";
import { type Contract, type Driver, given } from "../conformance/driver.ts";
import { auth } from "../rpc/entrypoint.ts";
import { Authenticator } from "../support/authenticator.ts";
import { mailedToken, mailTo, RESET, VERIFY } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { type Person, signedIn } from "../support/people.ts";
import type { TestService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that people and programs do through the five contracts. */
export const contractFlows: readonly Flow[] = [
  ...contracts.map((contract) => (watch: Watch) => throughOne(contract, watch)),
  registerAndVerify,
  planasonixAlone,
  launcherAlone,
  credeblAlone,
  pionneAlone,
  planpointAlone,
];

async function throughOne({ connect }: Contract, watch: Watch): Promise<void> {
  const service = watch.service();
  const driver = connect(service);
  const person = watch.somebody();
  await (driver.join?.(person) ?? member(service, person));
  await driver.signIn({ ...person, password: watch.password("a wrong password") });
  const first = given(await driver.signIn(person));
  await driver.isSignedIn(first.accessToken);
  await driver.readName?.(first.accessToken);
  await driver.rename?.(first.accessToken, { first: "Canaria", last: "Quimby" });
  const { accessToken } = (driver.refresh &&
    given(await driver.refresh(first.refreshToken ?? ""))) ?? { accessToken: first.accessToken };
  await useDevices(driver, accessToken);
  await useKeys(driver, accessToken);
  await useSessions(driver, person);
  await useSecondFactor(driver, watch, person);
  await changePasswords(service, driver, watch, person);
}

async function useDevices({ device }: Driver, bearer: string): Promise<void> {
  if (!device) {
    return;
  }
  const denied = given(await device.start());
  await device.poll(denied.deviceCode);
  await device.deny(bearer, denied.userCode);
  await device.poll(denied.deviceCode);
  const { userCode, deviceCode } = given(await device.start());
  given(await device.approve(bearer, { userCode }));
  given(await device.poll(deviceCode));
  await device.poll(deviceCode);
}

async function useKeys({ keys }: Driver, bearer: string): Promise<void> {
  if (keys) {
    const { key, id } = given(await keys.create(bearer));
    await keys.use(key);
    await auth().verifyKey(key);
    given(await keys.remove(bearer, id));
    await keys.use(key);
  }
}

async function useSessions({ sessions, ...driver }: Driver, person: Person): Promise<void> {
  await driver.signIn(person);
  const { accessToken } = given(await driver.signIn(person));
  if (sessions) {
    const [, listed = ""] = await sessions.list(accessToken);
    await sessions.revoke(accessToken, listed);
  }
  await driver.signOut?.(accessToken);
}

async function useSecondFactor(
  { totp, ...driver }: Driver,
  watch: Watch,
  person: Person,
): Promise<void> {
  const { accessToken } = given(await driver.signIn(person));
  if (!totp) {
    return;
  }
  const { secret, handle } = given(await totp.enrol(accessToken, person.password));
  const app = new Authenticator(secret);
  const confirmation = { handle, code: watch.typed("code of the app", app.code()) };
  const { recoveryCodes } = given(await totp.confirm(accessToken, confirmation));
  const [recoveryCode = ""] = recoveryCodes;
  await driver.signIn({ ...person, code: watch.typed("code of the app", app.nextCode()) });
  // Where a contract keeps one session, this is the one that lives.
  const newest = given(await driver.signIn({ ...person, recoveryCode }));
  await driver.signIn({ ...person, recoveryCode: "canary-wrong-code" });
  const { password } = person;
  const code = watch.typed("code of the app", app.nextCode());
  given(await totp.disable(newest.accessToken, { password, code }));
}

async function changePasswords(
  service: TestService,
  { recovery, ...driver }: Driver,
  watch: Watch,
  person: Person,
): Promise<void> {
  const { accessToken } = given(await driver.signIn(person));
  const { email, password: oldPassword } = person;
  const newPassword = watch.password("a changed password");
  if (driver.changePassword) {
    given(await driver.changePassword(accessToken, { email, oldPassword, newPassword }));
  }
  if (recovery) {
    given(await recovery.request(email));
    const { text } = await mailTo(service, email, RESET);
    const token = text.match(/(?:token|verificationCode)=([\w-]+)/)?.[1] ?? "";
    await recovery.reset({ email, token, password: "weak" });
    given(await recovery.reset({ email, token, password: watch.password("a reset password") }));
    await recovery.reset({ email, token, password: watch.password("a late password") });
  }
}

/** Who registers without a proved address, and the same address once more. */
async function registerAndVerify(watch: Watch): Promise<void> {
  for (const { connect } of contracts) {
    const service = watch.service();
    const { register } = connect(service);
    const person = watch.somebody();
    if (register) {
      given(await register(person));
      await register({ ...person, password: watch.password("a second password") });
      const token = await mailedToken(service, person.email, VERIFY);
      await service.ask("/api/verify-email", { body: { token } });
      await service.ask("/api/verify-email", { body: { token } });
    }
  }
}

async function planasonixAlone(watch: Watch): Promise<void> {
  const service = watch.service();
  const { accessToken: bearer } = await signedIn(service, await member(service, watch.somebody()));
  await service.ask("/api/user/mfa", { method: "GET", bearer });
  await service.ask("/api/user/api-keys", { method: "GET", bearer });
  await auth().verify(bearer);
  await auth().introspect(bearer);
}

async function launcherAlone(watch: Watch): Promise<void> {
  const service = watch.service();
  const { slug } = await newTenant();
  const at = (path: string) => `/${slug}/api/v1${path}`;
  const { email, password } = watch.somebody();
  const names = { first_name: "Canaria", last_name: "Quimby" };
  const { body } = await service.ask<{ data: { token: string } }>(at("/auth/register"), {
    body: { email, password, ...names },
  });
  const bearer = body.data.token;
  await service.ask(at("/auth/setup-status"), { method: "GET" });
  await service.ask(at("/auth/me"), { method: "GET", bearer });
  const made = await service.ask<{ data: { id: string; key: string } }>(
    at("/settings/service-keys"),
    { bearer, body: { name: "Deploys" } },
  );
  const { id, key } = made.body.data;
  await auth({ tenant: slug ?? "" }).verifyKey(key);
  await service.ask(at("/auth/me"), { method: "GET", headers: { "x-lnchr-key": key } });
  await service.ask(at("/settings/service-keys"), { method: "GET", bearer });
  await service.ask(at(`/settings/service-keys/${id}`), { method: "DELETE", bearer });
  await auth({ tenant: slug ?? "" }).verifyKey(key);
}

async function credeblAlone(watch: Watch): Promise<void> {
  const service = watch.service();
  const person = await member(service, watch.somebody());
  await service.ask("/auth/clientAliases", { method: "GET" });
  await service.ask("/auth/verification-mail", { body: { email: person.email } });
  const { email, password: oldPassword } = person;
  const newPassword = watch.password("a replaced password");
  await service.ask("/auth/reset-password", { body: { email, oldPassword, newPassword } });
}

async function pionneAlone(watch: Watch): Promise<void> {
  const service = watch.service();
  const person = await member(service, watch.somebody());
  const { email, password } = person;
  await signedIn(service, person);
  const started = await service.ask<{ token: string }>("/api/auth/login", {
    body: { email, password },
  });
  const bearer = started.body.token;
  const { body } = await service.ask<{ secret: string }>("/api/auth/totp/enable", {
    bearer,
    body: { password },
  });
  const app = new Authenticator(body.secret);
  const code = watch.typed("code of the app", app.code());
  await service.ask("/api/auth/totp/confirm", { bearer, body: { code } });
  const next = watch.typed("code of the app", app.nextCode());
  await service.ask("/api/auth/totp/recovery-codes", { bearer, body: { code: next } });
  await driveTokens(service, bearer);
}

async function driveTokens(service: TestService, bearer: string): Promise<void> {
  const { body } = await service.ask<{ tokens: { id: number; is_current: boolean }[] }>(
    "/api/auth/tokens",
    { method: "GET", bearer },
  );
  const other = body.tokens.find(({ is_current }) => !is_current);
  await service.ask(`/api/auth/tokens/${other?.id}`, { method: "DELETE", bearer });
  await service.ask("/api/auth/tokens", { method: "DELETE", bearer });
}

async function planpointAlone(watch: Watch): Promise<void> {
  const service = watch.service();
  const [admin, person] = [watch.somebody(), watch.somebody()];
  await member(service, admin);
  await member(service, person);
  await env.DB.prepare("UPDATE accounts SET role = 'admin' WHERE email = ?")
    .bind(admin.email)
    .run();
  const { accessToken: bearer } = await signedIn(service, admin);
  await service.ask("/api/users/login", {
    bearer,
    body: { username: person.email, impersonate: true },
  });
  const { email: username, password } = person;
  const { headers } = await service.ask("/api/users/login", { body: { username, password } });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { origin } = new URL(service.settings.publicUrl);
  await service.ask("/api/users/me", { method: "GET", headers: { cookie } });
  await service.ask("/api/users/refresh", { headers: { cookie, origin } });
  await service.ask("/api/users/logout", { headers: { cookie, origin } });
}
