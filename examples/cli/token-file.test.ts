import assert from "node:assert/strict";
import { chmod, stat, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { configDirectory } from "./sign-in/config-directory.ts";
import { lookUpSignIn } from "./sign-in/look-up-sign-in.ts";
import { tokenFile } from "./sign-in/token-file.ts";
import { signedIn } from "./test-support/signed-in.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";

const issuer = "https://auth.example.test";
const rights = async (path: string) => (await stat(path)).mode & 0o777;

test("is readable by its owner only, in a directory that only its owner may enter", async (t) => {
  const around = await testSurroundings(t);
  const mask = process.umask(0);
  t.after(() => process.umask(mask));
  const path = await signedIn(around, issuer);
  assert.deepEqual([await rights(path), await rights(around.directory)], [0o600, 0o700]);

  await chmod(around.directory, 0o755);
  await chmod(path, 0o644);
  await signedIn(around, issuer);
  assert.deepEqual([await rights(path), await rights(around.directory)], [0o600, 0o700]);
});

test("is told apart from none, from a damaged one and from one that others can read", async (t) => {
  const around = await testSurroundings(t);
  const path = await signedIn(around, issuer);
  const found = await lookUpSignIn(path);
  assert.deepEqual([found.kind, found.kind === "sign-in" && found.exposed], ["sign-in", false]);
  await chmod(path, 0o640);
  assert.deepEqual(await lookUpSignIn(path), { ...found, exposed: true });
  for (const text of ["", "null", '"text"', "[]", "{}", '{"url": 1}']) {
    await writeFile(path, text);
    assert.deepEqual(await lookUpSignIn(path), { kind: "damaged" });
  }
  assert.deepEqual(await lookUpSignIn(`${path}.none`), { kind: "none" });
});

test("is named after the issuer's host and path", () => {
  const name = (of: string) => tokenFile(of, "/home");
  assert.equal(name(issuer), "/home/auth.example.test.json");
  assert.equal(name("http://localhost:8787"), "/home/localhost%3A8787.json");
  assert.equal(name(`${issuer}/acme`), "/home/auth.example.test%2Facme.json");
  assert.equal(name(`${issuer}/../../acme`), "/home/auth.example.test%2Facme.json");
});

test("lies where XDG_CONFIG_HOME says, or under ~/.config when that is not an absolute path", () => {
  const directory = (XDG_CONFIG_HOME?: string) => configDirectory({ XDG_CONFIG_HOME }, "/home/ada");
  assert.equal(directory("/elsewhere"), "/elsewhere/latchkey-cli");
  assert.equal(directory(), "/home/ada/.config/latchkey-cli");
  assert.equal(directory("here"), "/home/ada/.config/latchkey-cli");
});
