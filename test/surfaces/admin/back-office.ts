import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Role } from "../../../src/core/account/account.ts";
import type { AdminScope } from "../../../src/core/admin/admin-scope.ts";
import { issueTokens } from "../../../src/core/session/issue-tokens.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { type accounts, clients } from "../../../src/storage/d1/schema.ts";
import { terms as planasonix } from "../../../src/surfaces/planasonix/terms.ts";
import { openedSession } from "../../support/asking.ts";
import { askToken, contextFor } from "../../support/oauth.ts";
import { sha256Hex, TEST_SECRET } from "../../support/oauth-clients.ts";
import { type PostOffice, startPostOffice } from "../../support/post-office.ts";
import type { Answer, Asked, TestService } from "../../support/service.ts";
import { type StoredAccount, storedAccount } from "../../support/stored-account.ts";

export const A_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

const db = openDatabase(env.DB);

export interface BackOffice<S extends TestService = PostOffice> {
  service: S;
  // biome-ignore lint/suspicious/noExplicitAny: every test says what it expects of the body
  ask(endpoint: string, asked?: Asked): Promise<Answer<any>>;
}

/** A service, asked as `GET /accounts`: what stands below `/admin`. */
export function backOffice(): BackOffice;
export function backOffice<S extends TestService>(service: S): BackOffice<S>;
export function backOffice(service: TestService = startPostOffice()): BackOffice<TestService> {
  return {
    service,
    ask(endpoint, asked) {
      const [method = "", path = ""] = endpoint.split(" ");
      return service.ask(`/admin${path}`, { method, ...asked });
    },
  };
}

export type Staff = StoredAccount;

/** Somebody with a proved address, who is not signed in. */
export const somebodyLike = (like?: Partial<typeof accounts.$inferInsert>) => storedAccount(like);

/** The access token of a sign-in of somebody. */
export async function tokenOf({ service }: BackOffice<TestService>, who: Staff): Promise<string> {
  const context = { ...contextFor(service), tenantId: who.tenantId, terms: planasonix };
  const session = await openedSession(context, who);
  return (await issueTokens(context, session, who)).access;
}

export type SignedIn = Staff & { bearer: string };

/** Somebody of a role who just signed in. */
export async function staff(
  office: BackOffice<TestService>,
  role: Role = "superadmin",
  like: Partial<typeof accounts.$inferInsert> = {},
): Promise<SignedIn> {
  const who = await somebodyLike({ role, ...like });
  return { ...who, bearer: await tokenOf(office, who) };
}

export interface StaffedOffice {
  office: BackOffice;
  boss: SignedIn;
  /** Asks as the boss, or as whose token it is. */
  as(endpoint: string, body?: object, bearer?: string): ReturnType<BackOffice["ask"]>;
}

/** An office with a superadmin of the default tenant in it, who runs the service. */
export async function staffedOffice(): Promise<StaffedOffice> {
  const office = backOffice();
  const boss = await staff(office);
  return {
    office,
    boss,
    as: (endpoint, body, bearer = boss.bearer) =>
      office.ask(endpoint, { bearer, ...(body && { body }) }),
  };
}

/** A client's own token, with these scopes of those that it is registered for. */
export async function clientToken(
  { service }: BackOffice<TestService>,
  scopes: readonly AdminScope[],
  registered: readonly string[] = scopes,
): Promise<{ clientId: string; bearer: string }> {
  const clientId = `office-${crypto.randomUUID().slice(0, 8)}`;
  await db.insert(clients).values({
    tenantId: DEFAULT_TENANT_ID,
    id: clientId,
    name: "A back office",
    secretHash: await sha256Hex(TEST_SECRET),
    grants: ["client_credentials"],
    scopes: [...registered],
    redirectUris: [],
    createdAt: new Date(0),
  });
  const { body } = await askToken(
    service,
    { grant_type: "client_credentials", scope: scopes.join(" ") },
    { basic: [clientId, TEST_SECRET] },
  );
  return { clientId, bearer: body.access_token };
}

/** What was written down of an account, without what is different every time. */
export async function eventsOf(accountId: string) {
  const { results } = await env.DB.prepare(
    "SELECT event, actor_id AS actor, subject FROM audit_events WHERE account_id = ? AND event <> 'signed-in' ORDER BY rowid",
  )
    .bind(accountId)
    .all();
  return results;
}

/** The last of what was written down of an account, or of what is named like `tenant:acme`. */
export async function lastEventOf(target: string) {
  return (await eventsOf(target)).at(-1);
}

/** Something short that no other test has. */
export const mark = () => crypto.randomUUID().slice(0, 8);

/** What an answer says, with its challenge where it has one. */
export function said({ status, headers, body }: Answer<unknown>) {
  const challenge = headers.get("www-authenticate");
  return { status, body, ...(challenge !== null && { challenge }) };
}

/** A refusal as `said` shows it. */
export function refusal(
  status: number,
  [error, reason]: readonly [error: string, reason: string],
  description: string,
  challenge?: string,
) {
  return {
    status,
    body: { error, error_description: description, reason },
    ...(challenge && { challenge }),
  };
}

export const conflict = (reason: string, text: string) => refusal(409, ["conflict", reason], text);
export const invalid = (issues: string) =>
  refusal(400, ["invalid_request", "invalid_request"], `The request is not valid. ${issues}`);
export const unknown = (what: string, reason = `${what.replace(" ", "_")}_unknown`) =>
  refusal(404, ["not_found", reason], `There is no such ${what}.`);
const denied = (reason: string, text: string) => refusal(403, ["access_denied", reason], text);
const insufficient = (reason: string, text: string, scopes?: string) =>
  refusal(
    403,
    ["insufficient_scope", reason],
    text,
    `Bearer error="insufficient_scope"${scopes ? `, scope="${scopes}"` : ""}`,
  );

export const FORBIDDEN = insufficient("insufficient_scope", "The access token may not do that.");
export const lacking = (...scopes: string[]) =>
  insufficient(
    "insufficient_scope",
    `The access token may not do that. This takes ${scopes.join(" and ")}.`,
    scopes.join(" "),
  );
export const ADMINS_ONLY = insufficient("role_too_low", "Only an administrator may do that.");
export const OPERATORS_ONLY = insufficient(
  "operator_only",
  "Only a superadmin of the default tenant may do that.",
);
/** What a person is told whose role does not open a row. */
export const closedTo = (row: string) =>
  /^\w+ \/(accounts|keys|events)/.test(row) ? ADMINS_ONLY : OPERATORS_ONLY;
export const BAD_TOKEN = refusal(
  401,
  ["invalid_token", "access_token_invalid"],
  "The access token is not valid.",
  'Bearer error="invalid_token"',
);
export const OUT_OF_REACH = denied("target_out_of_reach", "That takes a higher role.");
export const CLIENT_OUT_OF_REACH = denied(
  "client_out_of_reach",
  "The client has, or would get, scopes of this API that you lack, or is first-party, which is for people alone.",
);
export const PERSON_ONLY = denied(
  "person_only",
  "No client may do that, whatever its scopes: it is for people alone.",
);
export const UNKNOWN = unknown("account", "target_unknown");
