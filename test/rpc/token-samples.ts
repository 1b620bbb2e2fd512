import { generateKeyPair, SignJWT } from "jose";
import { expect } from "vitest";
import { contracts } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { alterAccount } from "../support/alter-account.ts";
import { createdKey } from "../support/api-keys.ts";
import { decide } from "../support/devices.ts";
import { disableAccount } from "../support/disabled.ts";
import { member } from "../support/members.ts";
import {
  askToken,
  BACKEND,
  BACKEND_CALLBACK,
  codeFor,
  DEVICE_CODE_GRANT,
  redemption,
  refreshed,
  revoked,
  startedGrant,
  tokensIn,
} from "../support/oauth.ts";
import { API, OTHER_API } from "../support/oauth-clients.ts";
import { type Person, signedIn } from "../support/people.ts";
import { accountIdOf } from "../support/rows.ts";
import { startService, type TestService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";
import { launcherAt, serviceKey, superadmin } from "../surfaces/lnchr/launcher.ts";

/** A text that somebody could present, and what it is. */
export interface Sample {
  what: string;
  token: string;
}

/** What can become of a person's tokens after they were given. */
const FATES: Readonly<Record<string, (who: Owner) => Promise<unknown>>> = {
  good: async () => undefined,
  "good, of somebody else": async () => undefined,
  "signed out": ({ service, person }) => endSessions(service, person),
  revoked: ({ service, samples }) =>
    Promise.all(
      samples.map(({ what, token }) =>
        revoked(
          service,
          { token, client_id: "test-spa" },
          /backend|itself/.test(what) ? BACKEND : {},
        ),
      ),
    ),
  "of a disabled account": ({ person }) => disableAccount(person.email),
  "of an account that must change its password": ({ person }) =>
    alterAccount(person, { mustResetPassword: true }),
};

interface Owner {
  service: TestService;
  person: Person;
  samples: readonly Sample[];
}

/** Tokens of every kind and state, and texts that are none. */
export async function tokenSamples(): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const [fate, befall] of Object.entries(FATES)) {
    // A service each: whoever signs in so often comes to the fence around passwords.
    const service = startService();
    const person = await member(service);
    const own = await tokensOf(service, person);
    await befall({ service, person, samples: own });
    samples.push(...own.map(({ what, token }) => ({ what: `${what}, ${fate}`, token })));
  }
  const good = samples.filter(({ what }) => what.endsWith(", good"));
  return [
    ...samples,
    ...(await otherTenantsTokens()),
    ...good.flatMap(tampered),
    ...(await Promise.all(good.filter(isJwt).map(forged))),
    ...GARBAGE.map((token) => ({ what: "garbage", token })),
  ];
}

async function tokensOf(service: TestService, person: Person): Promise<Sample[]> {
  const { accessToken: bearer } = await signedIn(service, person);
  return [
    ...(await contractTokens(service, person)),
    ...(await spaTokens(service, bearer)),
    ...(await backendTokens(service, bearer)),
    ...(await deviceTokens(service, bearer)),
    ...(await clientTokens(service)),
    { what: "impersonation", token: await impersonation(service, person) },
    { what: "API key", token: (await createdKey(service, bearer)).key },
  ];
}

async function contractTokens(service: TestService, person: Person): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const { contract, connect } of contracts) {
    const { accessToken, refreshToken } = given(await connect(service).signIn(person));
    samples.push({ what: `${contract} access token`, token: accessToken });
    if (refreshToken) {
      samples.push({ what: `${contract} refresh token`, token: refreshToken });
    }
  }
  return samples;
}

async function spaTokens(service: TestService, bearer: string): Promise<Sample[]> {
  const whole = tokensIn(await askToken(service, redemption(await codeFor(service, bearer))));
  const narrowed = tokensIn(await refreshed(service, whole.refresh_token, { scope: "openid" }));
  return [
    { what: "spa access token", token: whole.access_token },
    { what: "spa ID token", token: whole.id_token },
    { what: "spa rotated refresh token", token: whole.refresh_token },
    { what: "spa narrowed access token", token: narrowed.access_token },
    { what: "spa refresh token", token: narrowed.refresh_token },
    { what: "spa authorization code", token: await codeFor(service, bearer) },
  ];
}

async function backendTokens(service: TestService, bearer: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const resources of [[], [API], [API, OTHER_API]]) {
    const request = { clientId: "test-backend", redirectUri: BACKEND_CALLBACK, resources };
    const code = await codeFor(service, bearer, request);
    const fields = redemption(code, { client_id: null, redirect_uri: BACKEND_CALLBACK });
    const tokens = tokensIn(await askToken(service, fields, BACKEND));
    const what = `backend token for ${resources.length} resources`;
    samples.push({ what, token: tokens.access_token });
    samples.push({ what: `${what} (refresh)`, token: tokens.refresh_token });
  }
  return samples;
}

async function deviceTokens(service: TestService, bearer: string): Promise<Sample[]> {
  const { user_code, device_code } = await startedGrant(service);
  await decide(service, bearer, { userCode: user_code });
  const poll = { grant_type: DEVICE_CODE_GRANT, client_id: "test-oauth-tv", device_code };
  const tokens = tokensIn(await askToken(service, poll));
  return [
    { what: "device access token", token: tokens.access_token },
    { what: "device code", token: device_code },
    { what: "user code", token: user_code },
  ];
}

/** Nobody's: what befalls a person leaves them be, but for being revoked. */
async function clientTokens(service: TestService): Promise<Sample[]> {
  const ask = async (resource: string[]) =>
    tokensIn(
      await askToken(
        service,
        { grant_type: "client_credentials", scope: "reports:read", resource },
        BACKEND,
      ),
    ).access_token;
  return [
    { what: "token of a client itself", token: await ask([]) },
    { what: "token of a client itself for a resource", token: await ask([OTHER_API]) },
  ];
}

async function impersonation(service: TestService, { email }: Person): Promise<string> {
  const admin = await signedIn(service);
  await alterAccount(admin.person, { role: "admin" });
  const { body } = await service.ask<{ access_token: string }>("/api/users/login", {
    body: { username: email, impersonate: true },
    bearer: admin.accessToken,
  });
  return body.access_token;
}

/** One of them ends all others, and then itself. */
async function endSessions({ ports: { sessions } }: TestService, person: Person): Promise<void> {
  const accountId = await accountIdOf(person);
  const at = new Date();
  const [{ id: sessionId } = expect.fail("nobody is signed in")] = await sessions.list(
    accountId,
    at,
  );
  await sessions.endOthers(accountId, "all", { sessionId, at });
  await sessions.end({ accountId, sessionId }, at);
}

async function otherTenantsTokens(): Promise<Sample[]> {
  const launcher = launcherAt(await newTenant());
  const { token } = await superadmin(launcher);
  const { key } = await serviceKey(launcher, token);
  return [
    { what: "access token of another tenant", token },
    { what: "service key of another tenant", token: key },
  ];
}

/** The same but for one character, once in the middle and once at the end. */
function tampered({ what, token }: Sample): Sample[] {
  return [Math.floor(token.length / 2), token.length - 2].map((place) => {
    const other = token[place] === "A" ? "B" : "A";
    return {
      what: `${what}, tampered with`,
      token: token.slice(0, place) + other + token.slice(place + 1),
    };
  });
}

function isJwt({ token }: Sample): boolean {
  return token.split(".").length === 3;
}

/** The same words under the same key id, signed with a key that is not ours. */
async function forged({ what, token }: Sample): Promise<Sample> {
  const { privateKey } = await generateKeyPair("ES256");
  const [header = "", claims = ""] = token.split(".").map((part) => decoded(part));
  const signed = await new SignJWT(JSON.parse(claims))
    .setProtectedHeader(JSON.parse(header))
    .sign(privateKey);
  return { what: `${what}, forged`, token: signed };
}

function decoded(part: string): string {
  return part.startsWith("ey") ? new TextDecoder().decode(fromBase64Url(part)) : "";
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.fromBase64(text, { alphabet: "base64url" });
}

const GARBAGE = [
  "nonsense",
  "a.b.c",
  "..",
  "1|",
  "|",
  "1|secret",
  "lk_rt_",
  "lk_rt_nonsense",
  "plnx_live_nonsense",
  "lnchr_sk_nonsense",
  "null",
  "Bearer x",
  "ü🙂",
  "x".repeat(8192),
  "x".repeat(8193),
  "'; DROP TABLE sessions; --",
];
