import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { grant, loginScene, tokens } from "./test-support/login-scene.ts";
import { inTurn } from "./test-support/scripted-server.ts";

test("says that the person denied, and keeps nothing", async (t) => {
  const token = inTurn({ status: 400, body: { error: "access_denied" } });
  const { around, login, path } = await loginScene(t, { token });
  assert.equal(await login(), 4);
  assert.equal(
    around.said().err,
    "Waiting for you to confirm. The code holds for 15:00.\n" +
      "The sign-in was denied in the browser.\n" +
      "If that was a mistake, run login again and confirm its code.\n",
  );
  await assert.rejects(readFile(path), { code: "ENOENT" });
});

const expired = "The code expired before it was confirmed.\nRun login again: it shows a new one.\n";

test("says that the code expired when the server says so", async (t) => {
  const token = inTurn({ status: 400, body: { error: "expired_token" } });
  const { around, login } = await loginScene(t, { token });
  assert.equal(await login(), 4);
  assert.ok(around.said().err.endsWith(expired), around.said().err);
});

test("stops at an answer that no patience helps, in the server's words without their controls", async (t) => {
  const body = { error: "invalid_grant", error_description: "\u001b[2Jgone\u0007\u202e" };
  const { server, around, login } = await loginScene(t, { token: inTurn({ status: 400, body }) });
  assert.equal(await login(), 1);
  assert.ok(
    around
      .said()
      .err.endsWith(
        `${server.issuer} answered 400, invalid_grant: [2Jgone, so the sign-in failed.\n` +
          "Check that --issuer and --client-id are right.\n",
      ),
    around.said().err,
  );
});

test("passes on a refusal of what was asked for, and what to ask for instead", async (t) => {
  const refusals = [
    [
      "invalid_target",
      "A resource may not be asked for.",
      "a --resource that the client is registered for",
    ],
    ["invalid_scope", "A scope may not be asked for.", "fewer scopes with --scope"],
  ];
  for (const [error, description = "", advice] of refusals) {
    const { server, around, login } = await loginScene(t, {
      token: () => assert.fail("polled"),
      start: { status: 400, body: { error, error_description: description } },
    });
    assert.equal(await login(), 1);
    assert.equal(
      around.said().err,
      `${server.issuer} answered 400, ${error}: ${description.slice(0, -1)}, so starting the sign-in failed.\n` +
        `Ask for ${advice}.\n`,
    );
  }
});

test("shows the page, the code in large and as text, and a QR code; opens nothing unasked", async (t) => {
  const { around, login } = await loginScene(t, { token: () => ({ body: tokens }) });
  await login();
  const { out } = around.said();
  assert.match(out, /Open {2}https:\/\/auth\.example\.test\/device\n/);
  assert.match(out, /^ {2}BCDF-GHJK$/m);
  assert.match(out, /^ {2}████ {4}████ {2}████/m);
  assert.match(out, /^ {4}██ ▄▄▄▄▄ █|^ {2}██ ▄▄▄▄▄ █/m);
  assert.deepEqual(around.opened, []);
});

test("opens the page that knows the code when asked to, and goes on where no browser opens", async (t) => {
  const opening = await loginScene(t, { token: () => ({ body: tokens }) });
  assert.equal(await opening.login("--open"), 0);
  assert.deepEqual(opening.around.opened, [grant.verification_uri_complete]);

  const failing = await loginScene(t, {
    token: () => ({ body: tokens }),
    surroundings: { openBrowser: () => Promise.reject(new Error("no browser")) },
  });
  assert.equal(await failing.login("--open"), 0);
  assert.match(failing.around.said().err, /^No browser could be opened: open the page by hand\.$/m);
});
