import { env } from "cloudflare:workers";
import { sealAuthorizationRequest } from "../../src/core/oauth/authorization-request.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { sealSearch } from "../../src/pages/manage/sealed-search.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients, tenants, webhooks } from "../../src/storage/d1/schema.ts";
import { createdKey } from "../support/api-keys.ts";
import { registerClients, TV } from "../support/clients.ts";
import { decide, startedDevice } from "../support/devices.ts";
import { RESET, VERIFY } from "../support/mail.ts";
import {
  askToken,
  codeFor,
  contextFor,
  redemption,
  startedGrant,
  tokensIn,
  usualRequest,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { OWN_FORM, signedInOnPage } from "../support/page-session.ts";
import { type Person, registered, signedIn, somebody } from "../support/people.ts";
import { only, type PostOffice, startPostOffice, tokenIn } from "../support/post-office.ts";
import { accountIdOf } from "../support/rows.ts";
import { FUZZED_WEBHOOK } from "./fuzzed-webhook.ts";
import { type Known, MARK } from "./texts.ts";

export interface Cast {
  office: PostOffice;
  /** All that somebody holds to whom everything is open: whatever a case may say by name. */
  known: Known;
}

/** A service, and somebody new who is signed in to it everywhere. */
export async function newCast(): Promise<Cast> {
  const office = startPostOffice();
  return { office, known: await knownTo(office) };
}

async function knownTo(office: PostOffice): Promise<Known> {
  await registerClients();
  await registerOAuthClients();
  await registerFuzzed();
  const person = await superadmin(office);
  const { accessToken, refreshToken } = await signedIn(office, person);
  const { cookie, formToken } = await signedInOnPage(office, person);
  const key = await createdKey(office, accessToken, { scopes: ["profile:read", "profile:write"] });
  return {
    ...{ email: person.email, password: person.password, newPassword: somebody().password },
    ...{ accessToken, refreshToken, formToken, key: key.key, keyId: key.id },
    pageCookie: cookie.split("=")[1] ?? "",
    ...(await fromOtherContracts(office, person)),
    ...(await fromOAuth(office, accessToken)),
    ...(await mailedTokens(office, person)),
    ...(await onPages(office)),
    // Somebody who may be administered: whoever asks would shut themselves out.
    accountId: await accountIdOf(await registered(office, somebody())),
  };
}

async function superadmin(office: PostOffice): Promise<Person> {
  const person = await registered(office, somebody());
  const token = await deliveredToken(office, VERIFY);
  await office.ask("/api/verify-email", { body: { token } });
  await env.DB.prepare("UPDATE accounts SET role = 'superadmin' WHERE email = ?")
    .bind(person.email)
    .run();
  return person;
}

async function fromOtherContracts(office: PostOffice, { email, password }: Person) {
  const post = <Body>(path: string, body: object) => office.ask<Body>(path, { body });
  const { body: credebl } = await post<{ data: { refresh_token: string; sessionId: string } }>(
    "/auth/signin",
    { email, password },
  );
  const { body: pionne } = await post<{ token: string }>("/api/auth/login", { email, password });
  const { headers } = await post("/api/users/login", { username: email, password });
  const cookies = Object.fromEntries(
    headers.getSetCookie().map((cookie) => cookie.split(";")[0]?.split("=") ?? []),
  ) as Record<string, string>;
  return {
    credeblRefreshToken: credebl.data.refresh_token,
    sessionId: credebl.data.sessionId,
    numberedToken: pionne.token,
    planpointToken: cookies["planpoint"] ?? "",
    planpointRefreshToken: cookies["planpointRefresh"] ?? "",
  };
}

async function fromOAuth(office: PostOffice, bearer: string) {
  const code = await codeFor(office, bearer);
  const tokens = tokensIn(await askToken(office, redemption(code)));
  const refused = await startedGrant(office);
  await decide(office, bearer, { userCode: refused.user_code, approve: false });
  const waiting = await startedDevice(office, { clientId: TV });
  const context = contextFor(office);
  return {
    code: await codeFor(office, bearer),
    oauthToken: tokens.access_token,
    oauthRefreshToken: tokens.refresh_token,
    idToken: tokens.id_token,
    // One that nobody is waited for with.
    oauthDeviceCode: refused.device_code,
    deviceCode: waiting.deviceCode,
    userCode: waiting.userCode,
    sealedRequest: await sealAuthorizationRequest(context, usualRequest(context)),
  };
}

async function mailedTokens(office: PostOffice, { email }: Person) {
  await office.ask("/api/forgot-password", { body: { email } });
  return { mailedToken: await deliveredToken(office, RESET) };
}

async function deliveredToken(office: PostOffice, subject: RegExp): Promise<string> {
  return tokenIn(only((await office.deliver()).filter((letter) => subject.test(letter.subject))));
}

async function onPages(office: PostOffice) {
  const { body } = await office.ask<string>("/signin", { method: "GET", headers: OWN_FORM });
  const sealedSearch = await sealSearch(contextFor(office), `"><${MARK}>`);
  return { ceremony: body.match(/name="ceremony" value="([\w-]+)"/)?.[1] ?? "", sealedSearch };
}

const FUZZED_TENANT_ID = "0b9f6f4e-7c1d-7c57-9a53-2f0a3f1c8e22";

/** A tenant, a client and a webhook that nothing else uses: whoever administers may do as they like with them. */
async function registerFuzzed(): Promise<void> {
  const createdAt = new Date(0);
  const named = { name: "Fuzzed", createdAt };
  const lists = { scopes: [], redirectUris: [], grants: ["client_credentials"] };
  const db = openDatabase(env.DB);
  await db
    .insert(clients)
    .values({ ...named, ...lists, id: "fuzzed", tenantId: DEFAULT_TENANT_ID, secretHash: "00" })
    .onConflictDoNothing();
  await db
    .insert(tenants)
    .values({ ...named, id: FUZZED_TENANT_ID, slug: "fuzzed", selfRegistration: true })
    .onConflictDoNothing();
  await db
    .insert(webhooks)
    .values({
      ...{ id: FUZZED_WEBHOOK, tenantId: DEFAULT_TENANT_ID, createdAt, sequence: 0 },
      ...{ url: "https://hooks.example.com/", secret: "00000000.AAAA" },
    })
    .onConflictDoNothing();
}
