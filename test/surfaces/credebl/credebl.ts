import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { recoveryDigests } from "../../../src/core/second-factor/recovery-codes.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { frontEnds, recoveryCodes, secondFactors } from "../../../src/storage/d1/schema.ts";
import { Authenticator } from "../../support/authenticator.ts";
import { type Person, somebody } from "../../support/people.ts";
import { only, type PostOffice } from "../../support/post-office.ts";
import { seen } from "../../support/seen.ts";
import type { Answer, Asked, TestService } from "../../support/service.ts";

const db = openDatabase(env.DB);

export const BASES = ["/auth", "/v1/auth"] as const;

export interface CredeblBody {
  statusCode: number;
  message: string | string[];
  data: TokenData & { id: string; email: string; userId: string } & SessionData[];
}

export interface TokenData {
  access_token: string;
  refresh_token: string;
  sessionId: string;
}

export interface SessionData {
  id: string;
  userId: string;
  clientInfo: string;
}

/** Asks for an endpoint such as `POST /auth/signin`, under one of the bases. */
export function ask(
  service: TestService,
  endpoint: string,
  asked: Asked = {},
  base: string = "/auth",
): Promise<Answer<CredeblBody>> {
  const [method = "", path = ""] = endpoint.split(" ");
  return service.ask<CredeblBody>(base + path.slice("/auth".length), { method, ...asked });
}

const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };

/** A whole answer, as `seen` shows it. */
export function success(status: number, message: string, data?: unknown) {
  const body = { statusCode: status, message, ...(data !== undefined && { data }) };
  return { status, headers: JSON_ANSWER, body };
}

const PHRASES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  415: "Unsupported Media Type",
};

/** A whole refusal, as `seen` shows it. */
export function refusal(status: number, message: string | string[], headers: object = {}) {
  return {
    status,
    headers: { ...JSON_ANSWER, ...headers },
    body: { statusCode: status, message, error: PHRASES[status] },
  };
}

export const UNAUTHENTICATED = refusal(401, "Unauthorized", { "www-authenticate": "Bearer" });
export const BAD_TOKEN = refusal(401, "Unauthorized", {
  "www-authenticate": 'Bearer error="invalid_token"',
});

export const A_UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const A_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const A_PAIR = {
  access_token: "<access token>",
  refresh_token: expect.stringMatching(/^crdbl_rt_[\w-]{70}$/),
  token_type: "Bearer",
  expires_in: 86_400,
  scope: "email profile",
  sessionId: A_UUID,
};

export { seen };

/** The code of the link in a letter. */
export function codeIn({ text }: { text: string }): string {
  const code = text.match(/[?&]verificationCode=([\w-]+)/)?.[1];
  if (!code) {
    throw new Error("the letter has no link with a code");
  }
  return code;
}

export interface SignedUp extends Person {
  userId: string;
}

/** Has the address proved by its mailed link. */
export async function proved(service: PostOffice, email: string): Promise<void> {
  await service.deliver();
  await ask(service, "POST /auth/verification-mail", { body: { email } });
  const query = new URLSearchParams({
    email,
    verificationCode: codeIn(only(await service.deliver())),
  });
  const { status } = await ask(service, `GET /auth/verify?${query}`);
  if (status !== 200) {
    throw new Error(`the proof answered ${status}`);
  }
}

/** Proves an address and signs somebody up with it. */
export async function signedUp(service: PostOffice, person = somebody()): Promise<SignedUp> {
  await proved(service, person.email);
  const { email, password } = person;
  const { status, body } = await ask(service, "POST /auth/signup", {
    body: { email, password, firstName: "Robin", lastName: "Example" },
  });
  if (status !== 201) {
    throw new Error(`signing up answered ${status}`);
  }
  // The letter about the account: what is delivered from here on is about something else.
  await service.deliver();
  return { ...person, userId: body.data.userId };
}

/** Signs somebody in, who is signed up before if they are new. */
export async function signedIn(
  service: PostOffice,
  known?: SignedUp,
  headers: Record<string, string> = {},
): Promise<TokenData & { person: SignedUp }> {
  const person = known ?? (await signedUp(service));
  const { email, password } = person;
  const { status, body } = await ask(service, "POST /auth/signin", {
    body: { email, password },
    headers,
  });
  if (status !== 200) {
    throw new Error(`signing in answered ${status}`);
  }
  return { ...body.data, person };
}

/** Whether a token still opens anything. */
export async function isSignedIn(service: TestService, bearer: string): Promise<boolean> {
  const endpoint = `GET /auth/${crypto.randomUUID()}/sessions`;
  return (await ask(service, endpoint, { bearer })).status !== 401;
}

/** Lists a site that mailed links may lead to. */
export async function listFrontEnd(alias: string, url: string): Promise<void> {
  await db.insert(frontEnds).values({
    id: crypto.randomUUID(),
    tenantId: DEFAULT_TENANT_ID,
    alias,
    url,
    createdAt: new Date(1_000),
    changedAt: new Date(2_000),
  });
}

/** Turns a second factor on, with one recovery code. */
export async function withSecondFactor({ ports }: TestService, accountId: string) {
  const { vault, totp } = ports;
  const secret = totp.drawSecret();
  const enrolmentId = crypto.randomUUID();
  const recoveryCode = "abcde-fghjk";
  const sealedSecret = await vault.seal("totp-secret", secret);
  const [digest = ""] = await recoveryDigests({ vault }, accountId, [recoveryCode]);
  const confirmedAt = new Date();
  await db.batch([
    db.insert(secondFactors).values({ accountId, enrolmentId, sealedSecret, confirmedAt }),
    db.insert(recoveryCodes).values({ accountId, digest }),
  ]);
  return { app: new Authenticator(secret), recoveryCode };
}
