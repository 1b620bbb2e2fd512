import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";
import { askToken, BACKEND, basic, type FormFields, oauthRefusal } from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ODD = { id: "odd:id +%&=ü", secret: "odd: secret+%&=ü" };
const UNPROVED = oauthRefusal(
  401,
  "invalid_client",
  "The client is unknown or did not prove who it is.",
  { "www-authenticate": 'Basic realm="Latchkey"' },
);
const invalid = (issue: string) =>
  oauthRefusal(400, "invalid_request", `The request is not valid. ${issue}`);

beforeAll(async () => {
  await registerOAuthClients();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ODD.secret));
  await openDatabase(env.DB)
    .insert(clients)
    .values({
      tenantId: DEFAULT_TENANT_ID,
      id: ODD.id,
      name: "Odd",
      secretHash: new Uint8Array(digest).toHex(),
      grants: ["client_credentials"],
      scopes: ["reports:read"],
      redirectUris: [],
      resources: [],
      firstParty: false,
      createdAt: new Date(0),
    });
});

/** Asks for a token of the client's own, which takes nothing but knowing who it is. */
const ask = (fields: FormFields, authorization?: string) =>
  askToken(
    service,
    { grant_type: "client_credentials", ...fields },
    authorization === undefined ? {} : { headers: { authorization } },
  );
const inBody = { client_id: "test-backend", client_secret: TEST_SECRET };
const inHeader = basic(BACKEND.basic);

describe("a client proves who it is", () => {
  it.each([
    ["by Basic", {}, inHeader],
    ["by Basic in any case", {}, inHeader.replace("Basic", "bAsIc")],
    ["by Basic, saying its id again", { client_id: "test-backend" }, inHeader],
    ["in the body", inBody, undefined],
    ["in the body, as JSON would say it", { ...inBody, unknown: "x" }, undefined],
  ])("%s", async (_, fields, authorization) => {
    expect((await ask(fields, authorization)).status).toBe(200);
  });

  it("with id and secret form-encoded within Basic. RFC 6749 §2.3.1", async () => {
    const bytes = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));
    const raw = `Basic ${btoa(bytes(`${ODD.id}:${ODD.secret}`))}`;

    expect((await ask({}, basic([ODD.id, ODD.secret]))).status).toBe(200);
    expect(seen(await ask({}, raw))).toEqual(UNPROVED);
  });
});

describe("a public client", () => {
  // A token that is none is refused once it is known whose it would be.
  const fields = { grant_type: "refresh_token", refresh_token: "x" };

  it.each([
    ["by its id alone", { ...fields, client_id: "test-spa" }, {}],
    ["with an empty secret", { ...fields, client_id: "test-spa", client_secret: "" }, {}],
    ["by Basic with an empty secret", fields, { basic: ["test-spa", ""] as const }],
  ])("says who it is %s", async (_, asked, more) => {
    expect((await askToken(service, asked, more)).body.error).toBe("invalid_grant");
  });
});

describe("a client that does not", () => {
  it.each([
    ["a wrong secret", ["test-backend", "wrong"]],
    ["a secret with something behind it", ["test-backend", `${TEST_SECRET} `]],
    ["no secret", ["test-backend", ""]],
    ["an unknown id", ["nobody", TEST_SECRET]],
    ["the secret of a public client", ["test-spa", TEST_SECRET]],
    ["an id of every object", ["__proto__", TEST_SECRET]],
  ] as const)("TOK-04: is told alike, with a challenge: %s in a Basic header", async (_, pair) => {
    expect(seen(await ask({}, basic(pair)))).toEqual(UNPROVED);
  });

  it.each([
    ["a wrong secret", { client_id: "test-backend", client_secret: "wrong" }],
    ["no secret", { client_id: "test-backend" }],
    ["an empty secret", { client_id: "test-backend", client_secret: "" }],
    ["an unknown id", { client_id: "nobody", client_secret: TEST_SECRET }],
    ["the secret of a public client", { client_id: "test-spa", client_secret: TEST_SECRET }],
    ["an assertion", { ...inBody, client_assertion: "a.b.c" }],
  ])("TOK-04: is told alike: %s in the body", async (_, fields) => {
    expect(seen(await ask(fields))).toEqual(UNPROVED);
  });

  it.each([
    ["nothing", "Basic"],
    ["no base64", "Basic ***"],
    ["base64url", "Basic __8-"],
    ["no colon", `Basic ${btoa("test-backend")}`],
    ["no id", `Basic ${btoa(`:${TEST_SECRET}`)}`],
    ["a broken escape", `Basic ${btoa(`test-backend:%zz`)}`],
    ["no UTF-8", `Basic ${btoa("\xff\xfe:\xff")}`],
    ["two", `${inHeader}, ${inHeader}`],
  ])("TOK-04: is told alike: Basic with %s", async (_, authorization) => {
    expect(seen(await ask({}, authorization))).toEqual(UNPROVED);
  });

  it.each(["Bearer abc", "Basically abc", "Digest abc", ""])(
    "TOK-04: is told alike: with another scheme in the header, whatever is in the body: %s",
    async (authorization) => {
      expect(seen(await ask(inBody, authorization))).toEqual(UNPROVED);
    },
  );

  it.each([
    [
      "Basic and a secret in the body",
      { client_secret: TEST_SECRET },
      inHeader,
      "client_secret must not be there beside an Authorization header.",
    ],
    [
      "Basic and all of it in the body",
      inBody,
      inHeader,
      "client_secret must not be there beside an Authorization header.",
    ],
    [
      "Basic and another id",
      { client_id: "test-spa" },
      inHeader,
      "client_id must be the one of the Authorization header.",
    ],
  ])("TOK-05: comes in two ways at once: %s", async (_, fields, authorization, issue) => {
    expect(seen(await ask(fields, authorization))).toEqual(invalid(issue));
  });

  it.each([
    ["with a secret and no id", { client_secret: TEST_SECRET }],
    ["with nothing at all", {}],
  ])("does not say who it is: %s", async (_, fields) => {
    expect(seen(await ask(fields))).toEqual(invalid("client_id is required."));
  });
});

describe("TOK-07: a client uses its registered grants alone", () => {
  const refusal = oauthRefusal(
    400,
    "unauthorized_client",
    "The client is not registered for this grant.",
  );
  const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

  it.each([
    ["test-oauth-tv", { grant_type: "authorization_code", code: "x" }],
    ["test-oauth-tv-once", { grant_type: "refresh_token", refresh_token: "x" }],
    ["test-spa", { grant_type: DEVICE_CODE, device_code: "x" }],
    ["test-spa", { grant_type: "client_credentials" }],
  ])("%s not %j", async (client_id, fields) => {
    expect(seen(await askToken(service, { client_id, ...fields }))).toEqual(refusal);
  });

  it.each([
    { grant_type: "authorization_code", code: "x" },
    { grant_type: "refresh_token", refresh_token: "x" },
    { grant_type: DEVICE_CODE, device_code: "x" },
    { grant_type: "client_credentials" },
  ])("test-api none: $grant_type", async (fields) => {
    const answer = await askToken(service, fields, { basic: ["test-api", TEST_SECRET] });

    expect(seen(answer)).toEqual(refusal);
  });
});
