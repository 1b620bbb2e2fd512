import { readPage } from "../../test/live/support/page.ts";
import { API, testClients } from "../../test/live/support/test-clients.ts";
import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";
import { join, OWN_FORM, signInOnPage } from "./latchkey-person.ts";
import { PUBLIC_URL } from "./start-latchkey.ts";

/** RFC 7636, Appendix B. */
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK = "http://127.0.0.1/callback";

const API_ALONE = {
  authorization: `Basic ${btoa(`${testClients.api.id}:${testClients.api.secret}`)}`,
};

/** What programs ask for: APIs that check what they are shown, and clients that get tokens. */
export function clientFlows(service: CountedService, bearer: string): Flow[] {
  const always = (work: () => Promise<unknown>) => async () => work;
  let key: ReturnType<typeof withKey> | undefined;
  return [
    {
      id: "jwks",
      name: "public keys (JWKS)",
      prepare: always(() => service.ask("/.well-known/jwks.json")),
    },
    {
      id: "verifyRpc",
      name: "token checked by RPC, session looked up",
      prepare: always(() => service.order("rpc", { method: "verify", token: bearer })),
    },
    {
      id: "introspect",
      name: "introspection",
      prepare: always(() =>
        service.ask("/oauth/introspect", { form: { token: bearer }, headers: API_ALONE }),
      ),
    },
    {
      id: "apiKey",
      name: "API key checked by RPC",
      // One for all: nobody may have more than a hundred.
      prepare: () => {
        key ??= withKey(service, bearer);
        return key;
      },
    },
    {
      id: "clientCredentials",
      name: "client credentials",
      prepare: always(() =>
        service.ask("/oauth/token", {
          form: { grant_type: "client_credentials", resource: API },
          headers: API_ALONE,
        }),
      ),
    },
    {
      id: "authorizationCode",
      name: "authorization code: request, consent, tokens",
      isDear: true,
      prepare: async () => {
        const cookie = await signInOnPage(service, await join(service));
        return () => authorize(service, cookie);
      },
    },
  ];
}

async function withKey(service: CountedService, bearer: string) {
  const json = { name: "A key", scopes: ["profile:read"] };
  const created = await service.ask<{ data: { id: string; key: string } }>("/api/user/api-keys", {
    bearer,
    json,
    expect: 201,
  });
  const verify = () => service.order("rpc", { method: "verifyKey", token: created.body.data.key });
  // Its first use is written down, and so is one every five minutes.
  await verify();
  return verify;
}

/** Somebody is signed in, is asked for consent, and their app fetches its tokens. */
async function authorize(service: CountedService, cookie: string): Promise<void> {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: testClients.app.id,
    redirect_uri: CALLBACK,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    scope: "openid offline_access",
    state: "a-state",
  });
  const headers = { cookie, ...OWN_FORM };
  const asked = await service.ask<string>(`/oauth/authorize?${query}`, { headers });
  const page = await readPage(new URL(PUBLIC_URL), new Response(asked.body));
  const decided = await service.ask("/oauth/consent", {
    form: { ...page.forms[0]?.fields, decision: "allow" },
    headers,
    expect: 303,
  });
  await service.ask("/oauth/token", {
    form: {
      grant_type: "authorization_code",
      client_id: testClients.app.id,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      code: new URL(decided.headers.get("location") ?? "").searchParams.get("code") ?? "",
    },
  });
}
