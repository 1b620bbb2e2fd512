import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { recoveryDigests } from "../../../src/core/second-factor/recovery-codes.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { accounts, recoveryCodes, secondFactors } from "../../../src/storage/d1/schema.ts";
import { Authenticator } from "../../support/authenticator.ts";
import { type Person, somebody } from "../../support/people.ts";
import { only, type PostOffice, startPostOffice } from "../../support/post-office.ts";
import type { Answer, Asked } from "../../support/service.ts";
import { type EmptyTenant, emptiedDefaultTenant, newTenant } from "../../support/tenants.ts";

export interface LauncherBody {
  success: boolean;
  data: { token: string; user: { id: string }; id: string; key: string } & Record<string, unknown>;
  error: { code: string; message: string };
}

/** One tenant of the contract, asked under one of its bases. */
export interface Launcher extends EmptyTenant {
  service: PostOffice;
  /** Asks for an endpoint such as `POST /auth/login`, which begins below the base. */
  ask(endpoint: string, asked?: Asked): Promise<Answer<LauncherBody>>;
}

/** Both bases, each with a tenant that is not set up. */
export const BASES = [
  { base: "/api/v1", open: async () => launcherAt(await emptiedDefaultTenant()) },
  { base: "/:tenant/api/v1", open: async () => launcherAt(await newTenant()) },
] as const;

export function launcherAt(tenant: EmptyTenant, service = startPostOffice()): Launcher {
  const base = tenant.slug === null ? "/api/v1" : `/${tenant.slug}/api/v1`;
  return {
    ...tenant,
    service,
    ask(endpoint, asked) {
      const [method = "", path = ""] = endpoint.split(" ");
      return service.ask<LauncherBody>(base + path, { method, ...asked });
    },
  };
}

export const ROBIN = { first_name: "Robin", last_name: "Example" };

/** Somebody who is signed in, with what they signed in with. */
export interface Member {
  token: string;
  userId: string;
  email: string;
  password: string;
}

/** Sets the tenant up: its superadmin, signed in. */
export async function superadmin({ ask }: Launcher): Promise<Member> {
  const { email, password } = somebody();
  const { status, body } = await ask("POST /auth/register", {
    body: { email, password, ...ROBIN },
  });
  if (status !== 201) {
    throw new Error(`setting up answered ${status}`);
  }
  return { email, password, token: body.data.token, userId: body.data.user.id };
}

/** Somebody without a password or a name, signed in by a mailed code. */
export async function codeMember(launcher: Launcher, email = somebody().email) {
  const code = await mailedCode(launcher, email);
  const { status, body } = await verifyCode(launcher, { email, code });
  if (status !== 200) {
    throw new Error(`the code answered ${status}`);
  }
  return { email, token: body.data.token, userId: body.data.user.id };
}

/** Somebody with the role of a user and a password. */
export async function member(launcher: Launcher): Promise<Member> {
  const { password }: Person = somebody();
  const { token, ...rest } = await codeMember(launcher);
  const { status } = await launcher.ask("POST /auth/me/set-initial-password", {
    bearer: token,
    body: { new_password: password },
  });
  if (status !== 204) {
    throw new Error(`setting a password answered ${status}`);
  }
  return { ...rest, token, password };
}

export function logIn({ ask }: Launcher, body: object) {
  return ask("POST /auth/login", { body });
}

export function verifyCode({ ask }: Launcher, body: object) {
  return ask("POST /auth/verify-code", { body });
}

export const CODE_SUBJECT = "Your code to sign in";

/** Asks for a code and reads it in the mailbox. */
export async function mailedCode({ ask, service }: Launcher, email: string): Promise<string> {
  await service.deliver();
  await ask("POST /auth/send-code", { body: { email } });
  return codeIn(only(await service.deliver()));
}

export function codeIn({ text }: { text: string }): string {
  const code = text.match(/^\d{6}$/m)?.[0];
  if (!code) {
    throw new Error("the letter has no code that stands alone");
  }
  return code;
}

/** A code that is not this one. */
export function wrong(code: string, offset = 1): string {
  return String((Number(code) + offset) % 1_000_000).padStart(6, "0");
}

const db = openDatabase(env.DB);

/** Changes an account as an operator would. */
export async function alter(
  userId: string,
  change: Partial<typeof accounts.$inferInsert>,
): Promise<void> {
  await db.update(accounts).set(change).where(eq(accounts.id, userId));
}

/** Turns a second factor on, with one recovery code. */
export async function withSecondFactor({ service }: Launcher, userId: string) {
  const { vault, totp } = service.ports;
  const secret = totp.drawSecret();
  const recoveryCode = "abcde-fghjk";
  const [digest = ""] = await recoveryDigests({ vault }, userId, [recoveryCode]);
  await db.insert(secondFactors).values({
    accountId: userId,
    enrolmentId: crypto.randomUUID(),
    sealedSecret: await vault.seal("totp-secret", secret),
    confirmedAt: new Date(),
  });
  await db.insert(recoveryCodes).values({ accountId: userId, digest });
  return { recoveryCode, app: new Authenticator(secret) };
}

export function changePassword({ ask }: Launcher, bearer: string, body: object) {
  return ask("PUT /auth/me/password", { bearer, body });
}

/** A key that an administrator just made, as the answer shows it. */
export async function serviceKey({ ask }: Launcher, bearer: string, change: object = {}) {
  const body = { name: "Deploys", ...change };
  const answer = await ask("POST /settings/service-keys", { bearer, body });
  return answer.body.data;
}
