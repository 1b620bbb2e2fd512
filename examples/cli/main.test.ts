import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type TestContext, test } from "node:test";
import { run } from "./run.ts";
import { openBrowser } from "./terminal/open-browser.ts";
import { child, finished } from "./test-support/child.ts";
import { type Route, scriptedServer } from "./test-support/scripted-server.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";

const grant = {
  device_code: "device-1",
  user_code: "BCDF-GHJK",
  verification_uri: "https://auth.example.test/device",
  expires_in: 900,
  interval: 5,
};
const tokens = {
  access_token: "access-1",
  token_type: "Bearer",
  expires_in: 900,
  refresh_token: "refresh-1",
};

async function scene(t: TestContext, token: Route) {
  const { issuer } = await scriptedServer(t, {
    announced: { device_poll_wait_seconds_supported: 25 },
    routes: {
      "/device_authorization": () => ({ body: grant }),
      "/token": token,
      "/userinfo": () => ({ body: { sub: "account-1" } }),
      "/revoke": () => ({}),
    },
  });
  const { directory } = await testSurroundings(t);
  const start = (name: string) =>
    child("main.ts", [name, "--issuer", issuer, "--client-id", "demo-cli"], dirname(directory));
  return { issuer, directory, start };
}

test("signs in, says who, prints a token and signs out, each in a process of its own", async (t) => {
  const { issuer, directory, start } = await scene(t, () => ({ body: tokens }));
  const login = await finished(start("login"));
  assert.equal(login.ended, 0, login.err);
  assert.match(login.out, /You are signed in to/);
  assert.deepEqual(await finished(start("whoami")), {
    ended: 0,
    out: `account-1\n  account  account-1\n  server   ${issuer}\n  client   demo-cli\n  scopes   openid profile email offline_access\n`,
    err: "",
  });
  assert.deepEqual(await finished(start("token")), { ended: 0, out: "access-1\n", err: "" });
  assert.deepEqual(await finished(start("logout")), {
    ended: 0,
    out: `You are signed out of ${issuer}.\n`,
    err: "",
  });
  assert.equal((await finished(start("token"))).ended, 3);
  assert.deepEqual(
    (await readdir(directory)).filter((name) => !name.endsWith(".lock")),
    ["last-issuer"],
  );
});

test("takes the server from LATCHKEY_ISSUER, unless that is empty", async (t) => {
  const { directory } = await testSurroundings(t);
  for (const [variable, server] of [
    ["https://auth.example.test", "https://auth.example.test"],
    ["", "http://localhost:8787"],
  ] as const) {
    const variables = { LATCHKEY_ISSUER: variable };
    const { ended, err } = await finished(
      child("main.ts", ["token"], dirname(directory), variables),
    );
    assert.equal(ended, 3);
    assert.ok(err.startsWith(`You are not signed in to ${server}.\n`), err);
  }
});

test("ends cleanly at Ctrl-C, while a poll is on its way", async (t) => {
  const polled = Promise.withResolvers<void>();
  const { directory, start } = await scene(t, () => {
    polled.resolve();
    return new Promise(() => {});
  });
  const login = start("login");
  const result = finished(login);
  await polled.promise;
  login.process.kill("SIGINT");
  const { ended, err } = await result;
  assert.equal(ended, 130);
  assert.match(err, /^Waiting for you to confirm\. The code holds for \d\d:\d\d\.\n\nStopped\.\n$/);
  assert.deepEqual(await readdir(directory), []);
});

test("says what it can do, and what a command takes", async (t) => {
  const around = await testSurroundings(t);
  for (const args of [["--help"], ["-h"], ["help"], ["login", "--help"], ["token", "-h"]]) {
    assert.equal(await run(args, around), 0);
  }
  const { out, err } = around.said();
  assert.equal(err, "");
  assert.match(out, /^latchkey-cli <command> \[options\]\n\nCommands\n {2}login {3}sign in by/);
  assert.match(out, /Exit codes\n {2}0 {2}done\n/);
  assert.match(out, /--issuer <url> +the server \(\$LATCHKEY_ISSUER; .*http:\/\/localhost:8787\)/);
  assert.match(out, /latchkey-cli token \[options\]\n/);
});

test("says what is wrong with a command line, and ends with 2", async (t) => {
  const said = async (...args: string[]) => {
    const around = await testSurroundings(t);
    assert.equal(await run(args, around), 2);
    return around.said().err.split("\n").slice(0, 2);
  };
  assert.deepEqual(await said(), ["Say what to do.", ""]);
  assert.deepEqual(await said("signin"), ['"signin" is not a command.', ""]);
  assert.deepEqual(await said("toString"), ['"toString" is not a command.', ""]);
  assert.deepEqual(await said("login", "--isuer", "x"), [
    "Unknown option '--isuer'.",
    "See latchkey-cli login --help.",
  ]);
  assert.deepEqual(await said("token", "--open"), [
    "Unknown option '--open'.",
    "See latchkey-cli token --help.",
  ]);
  assert.deepEqual(await said("login", "--client-id="), [
    "--client-id is empty.",
    "See latchkey-cli login --help.",
  ]);
  assert.deepEqual(await said("token", "--resource", "https://api.example.test"), [
    "Unknown option '--resource'.",
    "See latchkey-cli token --help.",
  ]);
  assert.deepEqual(await said("login", "--resource", "https://api.example.test", "--resource="), [
    "--resource is empty.",
    "See latchkey-cli login --help.",
  ]);
  for (const resource of ["api.example.test", "/api", "https://api.example.test/#part"]) {
    assert.deepEqual(await said("login", "--resource", resource), [
      `"${resource}" cannot be a resource: it is an absolute URI without fragment.`,
      "See latchkey-cli login --help.",
    ]);
  }
  assert.deepEqual(await said("login", "--issuer", "http://auth.example.test"), [
    '"http://auth.example.test" cannot be an issuer.',
    "--issuer is an https address without query or fragment; http only on this machine.",
  ]);
});

test("opens no address in a browser but of http and https", async () => {
  for (const address of ["file:///etc/passwd", "javascript:alert(1)", "vscode://x"]) {
    await assert.rejects(openBrowser(new URL(address)), {
      message: "Only http and https pages are opened.",
    });
  }
});
