import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./run.ts";
import { type Script, scriptedServer } from "./test-support/scripted-server.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";

const metadata = "/.well-known/oauth-authorization-server";

const cases: [what: string, script: Script, said: (issuer: string) => string][] = [
  [
    "calls itself something else",
    { announced: { issuer: "https://other.example.test/\u001b[2J" } },
    (issuer) =>
      `The server at ${issuer} calls itself https://other.example.test/[2J.\nGive --issuer exactly as the server spells it, if that is the server you mean.\n`,
  ],
  [
    "signs nobody in by device code",
    { announced: { device_authorization_endpoint: undefined } },
    (issuer) => `${issuer} announces no device_authorization_endpoint.\nCheck --issuer.\n`,
  ],
  [
    "wants its codes over plain HTTP",
    { announced: { token_endpoint: "http://auth.example.test/token" } },
    () =>
      'The server\'s token_endpoint is "http://auth.example.test/token": not an https address.\nTell whoever runs the server. Nothing was sent there.\n',
  ],
  [
    "answers without a code",
    { routes: { "/device_authorization": () => ({ body: { user_code: "BCDF-GHJK" } }) } },
    (issuer) =>
      `${issuer} does not answer as an authorization server does, so starting the sign-in failed.\nCheck --issuer.\n`,
  ],
  [
    "announces nothing",
    { routes: { [metadata]: () => ({ status: 404 }) } },
    (issuer) =>
      `${issuer} answered 404, so starting the sign-in failed.\nCheck that --issuer and --client-id are right.\n`,
  ],
  [
    "breaks every connection",
    { routes: { [metadata]: () => "reset" } },
    (issuer) =>
      `${issuer} cannot be reached (the connection broke), so starting the sign-in failed.\nCheck --issuer and your network, and try again.\n`,
  ],
];

for (const [what, script, said] of cases) {
  test(`says that a server ${what}`, async (t) => {
    const { issuer } = await scriptedServer(t, script);
    const around = await testSurroundings(t);
    assert.equal(await run(["login", "--issuer", issuer], around), 1);
    assert.deepEqual(around.said(), { out: "", err: said(issuer) });
  });
}
