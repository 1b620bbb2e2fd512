import { beforeAll, describe, expect, it } from "vitest";
import { CHALLENGE } from "../support/authorization.ts";
import { countFigure } from "../support/figures.ts";
import { BACKEND, type FormFields, oauthRefusal, post, startedGrant } from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";
import { sendRaw } from "../surfaces/raw.ts";

const PATH = "/oauth/device_authorization";
const TV = "test-oauth-tv";
const service = startService();
const { publicUrl } = service.settings;

const STARTED = {
  status: 200,
  headers: { "cache-control": "no-store", "content-type": "application/json" },
  body: {
    device_code: "<device code>",
    user_code: "<user code>",
    verification_uri: `${publicUrl}/device`,
    verification_uri_complete: expect.stringMatching(/\/device\?user_code=<user code>$/),
    expires_in: 900,
    interval: 5,
  },
};
const invalid = (issue: string) =>
  oauthRefusal(400, "invalid_request", `The request is not valid. ${issue}`);
const UNKNOWN_CLIENT = oauthRefusal(
  401,
  "invalid_client",
  "The client is unknown or did not prove who it is.",
  { "www-authenticate": 'Basic realm="Latchkey"' },
);
const METHOD = invalid("code_challenge_method must be S256, beside a code_challenge.");

beforeAll(registerOAuthClients);

const start = (fields: FormFields) => post(service, PATH, fields);

describe("starting a device grant", () => {
  it("DEV-02: tells both codes, where to enter one, and how long and how often to ask", async () => {
    expect(seen(await start({ client_id: TV }))).toEqual(STARTED);
  });

  it("DEV-01: takes JSON like a form", async () => {
    const body = { client_id: TV, scope: "openid", resource: [] };

    expect(seen(await service.ask(PATH, { body }))).toEqual(STARTED);
  });

  it.each([
    ["GET", 405],
    ["PUT", 405],
    ["DELETE", 405],
    ["PATCH", 405],
  ])("DEV-01: takes no %s", async (method, status) => {
    expect(seen(await sendRaw(service, { method, path: PATH }))).toEqual(
      oauthRefusal(status, "invalid_request", "This path does not take that method.", {
        allow: "POST",
      }),
    );
  });

  it.each([
    ["multipart", "multipart/form-data; boundary=x", "--x--"],
    ["text", "text/plain", `client_id=${TV}`],
    ["XML", "application/xml", "<client_id/>"],
    ["nothing", null, `client_id=${TV}`],
    ["JSON by another name", "application/ld+json", `{"client_id":"${TV}"}`],
  ])("DEV-01: takes no body that calls itself %s", async (_, contentType, text) => {
    const body = contentType === null ? Uint8Array.from(new TextEncoder().encode(text)) : text;
    const answer = await sendRaw(service, { method: "POST", path: PATH, contentType, body });

    expect(seen(answer)).toEqual(
      invalid("Content-Type must be application/x-www-form-urlencoded or application/json."),
    );
  });

  it.each(["[]", `["client_id"]`, "null", '"x"', "1", "{", ""])(
    "DEV-01: takes no JSON but an object: %s",
    async (body) => {
      expect(seen(await service.ask(PATH, { body }))).toEqual(
        invalid("body must be a JSON object in UTF-8."),
      );
    },
  );

  it("DEV-03: refuses a client that nobody knows, and one that does not say who it is", async () => {
    expect(seen(await start({ client_id: "nobody" }))).toEqual(UNKNOWN_CLIENT);
    expect(seen(await start({}))).toEqual(invalid("client_id is required."));
    expect(seen(await start({ client_id: "" }))).toEqual(invalid("client_id is required."));
  });

  it("DEV-03: starts for a client with a secret that shows it, and for no other", async () => {
    expect((await startedGrant(service, { client_id: null }, BACKEND)).interval).toBe(5);
    expect(
      seen(await start({ client_id: "test-backend", client_secret: TEST_SECRET })),
    ).toMatchObject({ status: 200 });
    expect(seen(await start({ client_id: "test-backend" }))).toEqual(UNKNOWN_CLIENT);
  });

  it("DEV-04: ignores what it does not know, and takes an empty parameter for none", async () => {
    expect(
      seen(await start({ client_id: TV, scope: "", foo: "1", resource: "", code_challenge: "" })),
    ).toEqual(STARTED);
  });

  it.each(["client_id", "scope", "foo"])("DEV-04: refuses %s twice", async (name) => {
    const twice = { client_id: TV, [name]: [TV, TV] };

    expect(seen(await start(twice))).toEqual(invalid("body must have no parameter twice."));
  });

  it.each(["client_id", "scope", "resource", "foo"])(
    "DEV-04: refuses %s twice in JSON, whether it says the same or not",
    async (name) => {
      const ofJson = { method: "POST", path: PATH, contentType: "application/json" };
      for (const second of ["a", "b"]) {
        const body = `{"client_id":"${TV}","${name}":"a","${name}":"${second}"}`;

        const answer = await sendRaw(service, { ...ofJson, body });

        expect(seen(answer)).toEqual(invalid("body must have no parameter twice."));
      }
    },
  );

  it("DEV-24: refuses a scope beyond the client's own, and a resource that is none of its", async () => {
    expect(seen(await start({ client_id: TV, scope: "openid everything" }))).toEqual(
      oauthRefusal(400, "invalid_scope", "A scope is unknown or may not be asked for."),
    );
    expect(seen(await start({ client_id: TV, resource: "https://api.example.test" }))).toEqual(
      oauthRefusal(400, "invalid_target", "A resource is unknown or may not be asked for."),
    );
  });

  it("TOK-07: refuses a client that was not registered for it", async () => {
    expect(seen(await start({ client_id: "test-spa" }))).toEqual(
      oauthRefusal(400, "unauthorized_client", "The client is not registered for this grant."),
    );
  });

  it.each([
    ["the method alone", { code_challenge_method: "S256" }, METHOD],
    ["a challenge without its method", { code_challenge: CHALLENGE }, METHOD],
    ["plain", { code_challenge: CHALLENGE, code_challenge_method: "plain" }, METHOD],
    ["s256 in small letters", { code_challenge: CHALLENGE, code_challenge_method: "s256" }, METHOD],
    [
      "a challenge that is none",
      { code_challenge: "short", code_challenge_method: "S256" },
      invalid("code_challenge must be the SHA-256 of the verifier in base64url."),
    ],
  ])("TOK-08: refuses %s", async (_, fields, refusal) => {
    expect(seen(await start({ client_id: TV, ...fields }))).toEqual(refusal);
  });

  it("DEV-21: a burst of 200 is fenced by client and address, and told when to come back", async (test) => {
    const address = "198.19.0.1";
    const ask = () => post(service, PATH, { client_id: TV }, { address });
    const answers = await Promise.all(Array.from({ length: 200 }, ask));
    countFigure(test, "parallel requests", 200);
    const refused = answers.filter(({ status }) => status !== 200);

    // Twenty a minute, and the burst may lie across the end of one.
    expect(refused.length).toBeGreaterThanOrEqual(160);
    for (const answer of refused) {
      expect(seen(answer)).toEqual(
        oauthRefusal(429, "temporarily_unavailable", "Too many requests. Try again later.", {
          "retry-after": "60",
        }),
      );
    }
  });
});
