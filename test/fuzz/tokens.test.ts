import { beforeAll, describe, expect, it } from "vitest";
import { openDeviceCode, sealDeviceCode } from "../../src/core/device/device-code.ts";
import { drawKey, isAnyKey, isKey } from "../../src/core/key/key-format.ts";
import {
  openAuthorizationCode,
  sealAuthorizationCode,
} from "../../src/core/oauth/authorization-code.ts";
import {
  openAuthorizationRequest,
  sealAuthorizationRequest,
} from "../../src/core/oauth/authorization-request.ts";
import { openCeremony, sealCeremony } from "../../src/core/passkey/ceremony.ts";
import type { Context } from "../../src/core/ports.ts";
import { openChallenge, sealChallenge } from "../../src/core/session/challenge.ts";
import { pageCookieFor, sessionOfPageCookie } from "../../src/core/session/identify.ts";
import { numberedTokenFor, readNumberedToken } from "../../src/core/session/numbered-token.ts";
import { readRefreshToken, refreshTokenFor } from "../../src/core/session/refresh-token.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { terms as oauthTerms } from "../../src/oauth/terms.ts";
import { formTokenFor, holdsFormToken } from "../../src/pages/form/form-token.ts";
import { surfaces } from "../../src/surfaces/index.ts";
import { contextFor, usualRequest } from "../support/oauth.ts";
import { alterations, altered } from "./altered.ts";
import { type Cast, newCast } from "./cast.ts";
import { runCases } from "./run-cases.ts";

const CASES = 250;
const SESSION = "0197f2aa-0000-7abc-8def-0123456789ab";

let cast: Cast;
let context: Context;

beforeAll(async () => {
  cast = await newCast();
  context = contextFor(cast.office);
});

interface Kind {
  make(): Promise<string> | string;
  /** Null, undefined or false for what is no such token. */
  read(token: string): unknown;
}

const known = (name: string) => cast.known[name] ?? "";
const contracts = [...surfaces.map(({ terms }) => terms), oauthTerms];

const KINDS: Readonly<Record<string, Kind>> = {
  "a sealed token": {
    make: () => context.sealer.seal("fuzz", "a content"),
    read: (token) => context.sealer.open("fuzz", token),
  },
  "a signed token": {
    make: () => context.sealer.sign("fuzz", new TextEncoder().encode("a content")),
    read: (token) => context.sealer.verify("fuzz", token),
  },
  "an access token": {
    make: () => known("oauthToken"),
    read: (token) => context.accessTokens.read(token, "any audience"),
  },
  "a client's own access token": {
    make: () =>
      context.accessTokens.mintForClient(
        { clientId: "test-backend", tenantId: DEFAULT_TENANT_ID, scope: "", audience: null },
        900,
      ),
    read: (token) => context.accessTokens.read(token),
  },
  "an ID token": {
    make: () => known("idToken"),
    read: (token) => context.accessTokens.readIdToken(token, "test-spa"),
  },
  "a numbered token": {
    make: () => numberedTokenFor(context.sealer, { id: SESSION, number: 42 }),
    read: (token) => readNumberedToken(context.sealer, token),
  },
  "a page's cookie": {
    make: () => pageCookieFor(context, SESSION),
    read: (token) => sessionOfPageCookie(context, token),
  },
  "a form's token": {
    make: () => formTokenFor(context, SESSION),
    read: (token) => holdsFormToken(context, SESSION, token),
  },
  "a device code": {
    make: () =>
      sealDeviceCode(context.sealer, {
        ...{ tenantId: DEFAULT_TENANT_ID, userCode: "BCDF-GHJK", grantId: SESSION },
        ...{ contract: "oauth", challenge: null, resources: [], expiresAt: new Date() },
      }),
    read: (token) => openDeviceCode(context.sealer, token),
  },
  "an authorization code": {
    make: () =>
      sealAuthorizationCode(context.sealer, {
        ...{
          tenantId: DEFAULT_TENANT_ID,
          clientId: "test-spa",
          accountId: SESSION,
          sessionId: SESSION,
        },
        ...{
          redirectUri: "https://spa.example.test/callback",
          scopes: [],
          resources: [],
          nonce: null,
        },
        ...{ challenge: "x", approvedAt: 0, approvedIn: SESSION },
        ...{ authenticatedAt: 0, expiresAt: 0 },
      }),
    read: (token) => openAuthorizationCode(context.sealer, token),
  },
  "an authorization request": {
    make: () => sealAuthorizationRequest(context, usualRequest(context)),
    read: (token) => openAuthorizationRequest(context, token),
  },
  "a passkey's ceremony": {
    make: () => sealCeremony(context, "sign-in", null),
    read: (token) => openCeremony(context, "sign-in", token),
  },
  "a mailed link's token": {
    make: async () => {
      const token = crypto.randomUUID();
      const link = {
        purpose: "verify-email",
        accountId: SESSION,
        email: "a@b.test",
        linkNumber: 1,
      } as const;
      await context.mailedLinks.put(token, link, 600);
      return token;
    },
    read: (token) => context.mailedLinks.find("verify-email", token),
  },
  "a key": {
    make: () => drawKey(context.randomness, "plnx_live_"),
    read: (token) => isKey(token, "plnx_live_"),
  },
  "a key of any contract": {
    make: () => drawKey(context.randomness, "lnch_"),
    read: (token) => isAnyKey(token),
  },
  ...Object.fromEntries(
    contracts
      .filter(({ refreshToken }) => refreshToken !== null)
      .map((terms): [string, Kind] => [
        `a refresh token of ${terms.contract}`,
        {
          make: async () =>
            (await refreshTokenFor(context.sealer, terms, { sessionId: SESSION, generation: 3 })) ??
            "",
          read: (token) => readRefreshToken(context.sealer, terms, token),
        },
      ]),
  ),
  ...Object.fromEntries(
    contracts
      .filter((terms) => "challengePrefix" in terms)
      .map((terms): [string, Kind] => [
        `a challenge of ${terms.contract}`,
        {
          make: async () => {
            const who = { tenantId: DEFAULT_TENANT_ID, email: known("email") };
            const credentials = await context.accounts.findCredentials(who);
            return credentials ? sealChallenge({ ...context, terms }, credentials, null) : "";
          },
          read: (token) => openChallenge({ ...context, terms }, token),
        },
      ]),
  ),
};

describe.each(Object.entries(KINDS))("%s", (_, { make, read }) => {
  it("is read, and nothing else that it could be turned into", async (context) => {
    const token = await make();
    expect(await read(token)).toBeTruthy();

    await runCases(context, CASES, alterations, async (alteration) => {
      const other = altered(token, alteration);
      if (other !== token) {
        expect((await read(other)) || null).toBeNull();
      }
    });
  });
});
