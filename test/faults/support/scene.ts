import { env } from "cloudflare:workers";
import type { Role } from "../../../src/core/account/account.ts";
import type { StoredSigningKey } from "../../../src/core/ports.ts";
import { pageCookieFor } from "../../../src/core/session/identify.ts";
import { issueTokens } from "../../../src/core/session/issue-tokens.ts";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import type { WebhookTurn } from "../../../src/core/webhook/webhook.ts";
import { pageCookieName } from "../../../src/http/page-cookie.ts";
import { terms as pages } from "../../../src/pages/terms.ts";
import { openDatabase } from "../../../src/storage/d1/database.ts";
import { accounts, passwords, signingKeys } from "../../../src/storage/d1/schema.ts";
import { terms as planasonix } from "../../../src/surfaces/planasonix/terms.ts";
import { openedSession } from "../../support/asking.ts";
import { Browser } from "../../support/browser.ts";
import { HeldQueue } from "../../support/held-queue.ts";
import { contextFor } from "../../support/oauth.ts";
import { somebody } from "../../support/people.ts";
import { type PostOffice, startPostOffice } from "../../support/post-office.ts";
import { withSecondFactor } from "../../surfaces/credebl/credebl.ts";
import { emptyStores } from "./state.ts";

const PASSWORD = "gentle-otter-of-may";
const db = openDatabase(env.DB);
/**
 * Gets things ready. It is warm, so that this is quick, asks as often as it likes, and its mail is none
 * of the service's.
 */
const OPEN = { limit: async () => ({ success: true }) };
const helper = startPostOffice({
  CREDENTIAL_FENCE: OPEN,
  DEVICE_START_FENCE: OPEN,
  REQUEST_FENCE: OPEN,
});
let passwordHash: string | null = null;
/** Made once: a service that finds one makes none. */
let keys: StoredSigningKey[] = [];

export interface Member {
  id: string;
  tenantId: string;
  role: Role;
  zapier: false;
  email: string;
  password: string;
}

export interface SignedInMember extends Member {
  bearer: string;
  refreshToken: string;
}

type SecondFactor = Awaited<ReturnType<typeof withSecondFactor>>;

/** A service whose isolate has just begun, empty stores, and somebody who gets things ready. */
export interface Scene {
  /** What is asked. It remembers nothing: no key, no client, no tenant. */
  service: PostOffice;
  /** The same stores, asked from elsewhere. */
  helper: PostOffice;
  /** The turns of webhooks that were ordered, and given to none yet. */
  turns: HeldQueue<WebhookTurn>;
  /** What receivers of webhooks took, in order. */
  heard: string[];
  /** Somebody whose address is proved. */
  member(like?: Partial<typeof accounts.$inferInsert>): Promise<Member>;
  /** The same, signed in. */
  signedIn(known?: Member): Promise<SignedInMember>;
  /** The same, in a browser. */
  inBrowser(known?: Member): Promise<{ browser: Browser; person: Member }>;
  /** The same, with an authenticator app whose codes nobody has used. */
  withApp(): Promise<SignedInMember & SecondFactor>;
}

export async function newScene(): Promise<Scene> {
  if (keys.length === 0) {
    await helper.ports.accessTokens.prepare();
    keys = await db.select().from(signingKeys);
  }
  await emptyStores(keys);
  helper.orders.splice(0);
  const turns = new HeldQueue<WebhookTurn>();
  const service = startPostOffice({ WEBHOOKS: turns });
  async function signedIn(known?: Member) {
    const person = known ?? (await member());
    const context = { ...contextFor(helper), terms: planasonix };
    const session = await openedSession(context, person);
    const { access, refresh } = await issueTokens(context, session, person);
    return { ...person, bearer: access, refreshToken: refresh ?? "" };
  }

  async function inBrowser(known?: Member) {
    const person = known ?? (await member());
    const context = { ...contextFor(helper), terms: pages };
    const session = await openedSession(context, person);
    const browser = new Browser(service);
    const name = pageCookieName(helper.settings.publicUrl);
    browser.cookies.set(name, await pageCookieFor(context, session.id));
    return { browser, person };
  }

  async function withApp() {
    const person = await signedIn();
    return { ...person, ...(await withSecondFactor(helper, person.id)) };
  }

  return { service, helper, turns, heard: [], member, signedIn, inBrowser, withApp };
}

async function member(like: Partial<typeof accounts.$inferInsert> = {}): Promise<Member> {
  passwordHash ??= await helper.ports.passwordHashes.hash(PASSWORD);
  const { email, name } = somebody();
  const now = new Date();
  const row = {
    id: helper.ports.randomness.id(now),
    tenantId: DEFAULT_TENANT_ID,
    email,
    name,
    emailVerifiedAt: now,
    createdAt: now,
    updatedAt: now,
    ...like,
  };
  await db.batch([
    db.insert(accounts).values(row),
    db.insert(passwords).values({ accountId: row.id, hash: passwordHash, changedAt: now }),
  ]);
  const { id, tenantId, role = "user" } = row;
  return { id, tenantId, role, zapier: false, email: row.email, password: PASSWORD };
}
