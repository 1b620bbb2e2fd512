import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";
import type { Browser, Fields, Page } from "./browser.ts";

/** RFC 7636, Appendix B. */
export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
export const SPA_CALLBACK = "https://spa.example.test/callback";

/** What a request is made of; null leaves a parameter out, a list sends it again and again. */
export type Parameters = Record<string, string | readonly string[] | null>;

/** An authorization request in order, with what a test replaces in it. */
export function authorizationRequest(replaced: Parameters = {}): URLSearchParams {
  const usual: Parameters = {
    response_type: "code",
    client_id: "test-spa",
    redirect_uri: SPA_CALLBACK,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    state: "a-state",
  };
  const sent = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...usual, ...replaced })) {
    for (const one of value === null ? [] : [value].flat()) {
      sent.append(name, one);
    }
  }
  return sent;
}

export function authorizePath(replaced?: Parameters): string {
  return `/oauth/authorize?${authorizationRequest(replaced)}`;
}

/** Opens a request as a browser does that comes from the client's site. */
export function ask(browser: Browser, replaced?: Parameters): Promise<Page> {
  return browser.open(authorizePath(replaced), { "sec-fetch-site": "cross-site" });
}

/** What a client reads from the redirect that it gets; its code is only said to be there. */
export function replyOf({ status, location }: Pick<Page, "status" | "location">) {
  const url = new URL(location ?? "about:blank");
  const { code, ...rest } = Object.fromEntries(url.searchParams);
  const to = `${url.protocol}//${url.host}${url.pathname}`;
  return { status, to, ...rest, ...(code !== undefined && { code: "(a code)" }) };
}

export function codeOf({ location }: Pick<Page, "location">): string {
  const code = new URL(location ?? "about:blank").searchParams.get("code");
  if (!code) {
    throw new Error(`no code at ${location}`);
  }
  return code;
}

/** What the page sends along with the decision of somebody who is signed in. */
export async function consentFields(browser: Browser): Promise<Fields> {
  return (await ask(browser)).form("/oauth/consent").fields;
}

/** The redirect of somebody who is signed in and allows what a client asks for. */
export async function allowed(browser: Browser, replaced?: Parameters): Promise<Page> {
  const { form } = await ask(browser, replaced);
  return browser.submit(form("/oauth/consent"), { decision: "allow" });
}

/** A public client like no other, unless told. Answers its id. */
export async function oneClient({
  id = crypto.randomUUID(),
  ...like
}: Partial<typeof clients.$inferInsert>): Promise<string> {
  await openDatabase(env.DB)
    .insert(clients)
    .values({
      tenantId: DEFAULT_TENANT_ID,
      id,
      name: "A client",
      grants: ["authorization_code"],
      scopes: ["openid"],
      redirectUris: [SPA_CALLBACK],
      createdAt: new Date(0),
      ...like,
    });
  return id;
}
