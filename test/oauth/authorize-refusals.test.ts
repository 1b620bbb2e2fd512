import { beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  CHALLENGE,
  oneClient,
  type Parameters,
  replyOf,
  SPA_CALLBACK,
  VERIFIER,
} from "../support/authorization.ts";
import { Browser } from "../support/browser.ts";
import { API, registerOAuthClients } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";

const service = startService();
const ISS = service.settings.publicUrl;
const TWICE = "The request must not hold a parameter twice.";
const SECRET = "The request must not hold a secret or a token.";
const UNREADABLE = "The request must hold readable text of at most 2048 bytes in each parameter.";
const NO_CHALLENGE = "code_challenge is required.";
const CHALLENGE_FORM = "code_challenge must be the SHA-256 of the verifier in base64url.";
const S256 = "code_challenge_method must be S256.";
const PROMPT = "prompt must be none, login or consent.";
const MAX_AGE = "max_age must be a number of seconds.";

beforeAll(registerOAuthClients);

type Refused = [what: string, sent: Parameters, error: string, description: string];

async function expectTold(sent: Parameters, error: string, description: string): Promise<void> {
  const answer = await ask(new Browser(service), sent);

  expect(replyOf(answer)).toEqual({
    status: 303,
    to: SPA_CALLBACK,
    error,
    error_description: description,
    state: "a-state",
    iss: ISS,
  });
  expect(description).toMatch(/^[ !#-[\]-~]+$/);
}

describe("a client is told what is wrong with its request", () => {
  // biome-ignore format: it reads as a table
  const withoutProof: Refused[] = [
    ["no challenge",                  { code_challenge: null, code_challenge_method: null }, "invalid_request", NO_CHALLENGE],
    ["a method without a challenge",  { code_challenge: null },                              "invalid_request", NO_CHALLENGE],
    ["an empty challenge",            { code_challenge: "" },                                "invalid_request", NO_CHALLENGE],
    ["a challenge that is too short", { code_challenge: CHALLENGE.slice(1) },                "invalid_request", CHALLENGE_FORM],
    ["a challenge that is too long",  { code_challenge: `${CHALLENGE}A` },                   "invalid_request", CHALLENGE_FORM],
    ["a challenge with padding",      { code_challenge: `${CHALLENGE}=` },                   "invalid_request", CHALLENGE_FORM],
    ["a challenge in hex",            { code_challenge: "0123456789abcdef".repeat(4) },      "invalid_request", CHALLENGE_FORM],
    ["no method, which means plain",  { code_challenge_method: null },                       "invalid_request", S256],
    ["the method plain",              { code_challenge_method: "plain", code_challenge: VERIFIER }, "invalid_request", S256],
    ["the method in lower case",      { code_challenge_method: "s256" },                     "invalid_request", S256],
    ["a method that nobody knows",    { code_challenge_method: "S512" },                     "invalid_request", S256],
  ];

  it.each(withoutProof)("TOK-08: no code without a challenge by S256: %s", (_, ...row) =>
    expectTold(...row),
  );

  // biome-ignore format: it reads as a table
  const ofAnotherType: Refused[] = [
    ["no response type",              { response_type: null },                               "invalid_request", "response_type is required."],
    ["an empty response type",        { response_type: "" },                                 "invalid_request", "response_type is required."],
    ["the implicit grant",            { response_type: "token" },                            "unsupported_response_type", "The response type must be code."],
    ["an ID token at once",           { response_type: "id_token" },                         "unsupported_response_type", "The response type must be code."],
    ["the hybrid flow",               { response_type: "code id_token token" },              "unsupported_response_type", "The response type must be code."],
    ["the response type none",        { response_type: "none" },                             "unsupported_response_type", "The response type must be code."],
    ["the response type CODE",        { response_type: "CODE" },                             "unsupported_response_type", "The response type must be code."],
  ];

  it.each(ofAnotherType)("TOK-06: nothing but a code is given: %s", (_, ...row) =>
    expectTold(...row),
  );

  // biome-ignore format: it reads as a table
  const refused: Refused[] = [
    ["an answer in the fragment",     { response_mode: "fragment" },                         "invalid_request", "response_mode must be query."],
    ["an answer by form",             { response_mode: "form_post" },                        "invalid_request", "response_mode must be query."],
    ["a request object",              { request: "e30.e30." },                               "request_not_supported", "Request objects are not taken."],
    ["a request to be fetched",       { request_uri: "https://spa.example.test/request" },   "request_uri_not_supported", "Request objects are not fetched."],

    ["a scope that it may not have",  { scope: "openid reports:read" },                      "invalid_scope", "This client may not ask for that scope."],
    ["a scope that nobody knows",     { scope: "openid <script>" },                          "invalid_scope", "This client may not ask for that scope."],
    ["a resource that it may not have", { resource: API },                                   "invalid_target", "This client may not ask for that resource."],
    ["a resource that is none",       { resource: "not a uri" },                             "invalid_target", "This client may not ask for that resource."],
    ["a prompt that nobody knows",    { prompt: "select_account" },                          "invalid_request", PROMPT],
    ["none beside another prompt",    { prompt: "none login" },                              "invalid_request", "prompt must not have none beside others."],
    ["an age in words",               { max_age: "an hour" },                                "invalid_request", MAX_AGE],
    ["an age below zero",             { max_age: "-1" },                                     "invalid_request", MAX_AGE],
    ["an age that never ends",        { max_age: "9".repeat(10) },                           "invalid_request", MAX_AGE],

    ["a scope twice",                 { scope: ["openid", "openid"] },                       "invalid_request", TWICE],
    ["a challenge twice",             { code_challenge: [CHALLENGE, CHALLENGE] },            "invalid_request", TWICE],
    ["a parameter twice, once empty", { nonce: ["", "n"] },                                  "invalid_request", TWICE],
    ["an unknown parameter twice",    { "<b>": ["1", "2"] },                                 "invalid_request", TWICE],
    ["a client secret",               { client_secret: "hush" },                             "invalid_request", SECRET],
    ["an empty client secret",        { client_secret: "" },                                 "invalid_request", SECRET],
    ["a client assertion",            { client_assertion: "e30.e30.e30" },                   "invalid_request", SECRET],
    ["the verifier itself",           { code_verifier: VERIFIER },                           "invalid_request", SECRET],
    ["an access token",               { access_token: "hush" },                              "invalid_request", SECRET],
    ["a password",                    { password: "hush" },                                  "invalid_request", SECRET],
    ["a nonce that is too long",      { nonce: "n".repeat(2049) },                           "invalid_request", UNREADABLE],
    ["a scope that is too long",      { scope: "openid ".repeat(300) },                      "invalid_request", UNREADABLE],
    ["a line break in the nonce",     { nonce: "a\r\nSet-Cookie: b=c" },                     "invalid_request", UNREADABLE],
    ["a NUL in the scope",            { scope: "openid\0" },                                 "invalid_request", UNREADABLE],
  ];

  it.each(refused)("%s", (_, ...row) => expectTold(...row));

  it.each([
    ["twice", { state: ["a", "b"] }, TWICE],
    ["at too great a length", { state: "s".repeat(2049) }, UNREADABLE],
    ["with a line break", { state: "a\r\nLocation: https://evil.example" }, UNREADABLE],
  ])("but gets no state back that was sent %s", async (_, sent, error_description) => {
    const answer = await ask(new Browser(service), sent);

    expect(replyOf(answer)).toEqual({
      status: 303,
      to: SPA_CALLBACK,
      error: "invalid_request",
      error_description,
      iss: ISS,
    });
  });

  it("TOK-07: when it was not registered for codes", async () => {
    const client_id = await oneClient({ grants: ["refresh_token"] });

    expect(replyOf(await ask(new Browser(service), { client_id }))).toMatchObject({
      error: "unauthorized_client",
      error_description: "This client may not use authorization codes.",
    });
  });
});

describe("what changes nothing about a request", () => {
  it.each<[string, Parameters]>([
    ["a parameter that nobody knows", { utm_source: "mail" }],
    ["empty parameters", { scope: "", nonce: "", prompt: "", max_age: "", request: "" }],
    ["the response mode that it is", { response_mode: "query" }],
    ["a scope twice in one", { scope: "openid openid" }],
  ])("%s", async (_, sent) => {
    const { status, location } = await ask(new Browser(service), sent);

    expect([status, location?.split("?")[0]]).toEqual([303, "/signin"]);
  });

  it("more than one resource", async () => {
    const { location } = await ask(new Browser(service), {
      client_id: "test-backend",
      redirect_uri: "https://backend.example.test/callback",
      resource: [API, "https://other.example.test"],
    });

    expect(location).toMatch(/^\/signin\?/);
  });
});

describe("a person is told, and led nowhere, where it is not clear who asks or where to answer", () => {
  const UNCLEAR = "That request is not complete";
  const STRANGER = "That app is not known here";
  const ELSEWHERE = "That app cannot be answered there";
  const FOR_MAKERS: Record<string, string> = {
    [UNCLEAR]: "invalid_request",
    [STRANGER]: "client_unknown",
    [ELSEWHERE]: "redirect_uri_unknown",
  };

  it.each<[string, Parameters, string]>([
    ["no client", { client_id: null }, UNCLEAR],
    ["an empty client", { client_id: "" }, UNCLEAR],
    ["two clients", { client_id: ["test-spa", "test-backend"] }, UNCLEAR],
    ["one client twice", { client_id: ["test-spa", "test-spa"] }, UNCLEAR],
    ["no redirect URI", { redirect_uri: null }, UNCLEAR],
    ["two redirect URIs", { redirect_uri: [SPA_CALLBACK, "https://evil.example"] }, UNCLEAR],
    ["one redirect URI twice", { redirect_uri: [SPA_CALLBACK, SPA_CALLBACK] }, UNCLEAR],
    ["a client with a NUL", { client_id: "test-spa\0" }, UNCLEAR],
    ["an endless client", { client_id: "c".repeat(2049) }, UNCLEAR],
    ["an unknown client", { client_id: "nobody" }, STRANGER],
    ["a client in other letters", { client_id: "TEST-SPA" }, STRANGER],
    ["hostile markup as a client", { client_id: "<script>alert(1)</script>" }, STRANGER],
    ["a client's neighbour's redirect URI", { client_id: "test-backend" }, ELSEWHERE],
    ["a client that has no redirect URI", { client_id: "test-api" }, ELSEWHERE],
  ])("%s", async (_, sent, title) => {
    const page = await ask(new Browser(service), sent);

    expect([page.status, page.title, page.location]).toEqual([400, `${title} – Latchkey`, null]);
    expect(page.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(page.source).not.toMatch(/script>|evil|nobody|a-state/);
    expect(page.lines).toContain(`For its makers: ${FOR_MAKERS[title]}`);
  });

  it("who makes clients up is held off", async () => {
    const fenced = startService({ REQUEST_FENCE: { limit: async () => ({ success: false }) } });

    const page = await ask(new Browser(fenced), { client_id: "made-up" });

    expect([page.status, page.title, page.location]).toEqual([
      429,
      "Too many attempts – Latchkey",
      null,
    ]);
    expect(page.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});
