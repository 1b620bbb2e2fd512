import assert from "node:assert/strict";
import { chmod, mkdir, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { signedIn } from "./test-support/signed-in.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";
import { configDirectory } from "./tokens/config-directory.ts";
import { lookUpTokens } from "./tokens/look-up-tokens.ts";
import { tokenFile } from "./tokens/token-file.ts";
import type { Tokens } from "./tokens/tokens.ts";
import { writeTokens } from "./tokens/write-tokens.ts";

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

test("is replaced in one step: who reads the old file reads all of it", async (t) => {
  const around = await testSurroundings(t);
  const path = await signedIn(around, issuer, { accessToken: "old" });
  const before = await readFile(path, "utf8");
  const reader = await open(path);
  t.after(() => reader.close());
  await signedIn(around, issuer, { accessToken: "new" });
  assert.equal(await reader.readFile("utf8"), before);
  assert.equal(JSON.parse(await readFile(path, "utf8")).accessToken, "new");
});

test("stays as it was when writing fails, and nothing lies beside it", async (t) => {
  const around = await testSurroundings(t);
  const path = await signedIn(around, issuer);
  const before = await readFile(path, "utf8");
  const unwritable = {
    get issuer(): string {
      throw new Error("unwritable");
    },
  } as Tokens;
  await assert.rejects(writeTokens(path, unwritable), { message: "unwritable" });
  assert.equal(await readFile(path, "utf8"), before);

  await rm(path);
  await mkdir(path);
  await assert.rejects(signedIn(around, issuer), { syscall: "rename" });
  assert.deepEqual(await readdir(around.directory), ["auth.example.test.json"]);
});

test("is told apart from none and from a damaged one", async (t) => {
  const around = await testSurroundings(t);
  const path = await signedIn(around, issuer);
  assert.equal((await lookUpTokens(path)).kind, "tokens");
  for (const text of ["", "null", '"text"', "[]", "{}", '{"issuer": 1}']) {
    await writeFile(path, text);
    assert.deepEqual(await lookUpTokens(path), { kind: "damaged" });
  }
  assert.deepEqual(await lookUpTokens(`${path}.none`), { kind: "none" });
});

test("is for the issuer itself when it is of a time before resources", async (t) => {
  const around = await testSurroundings(t);
  const path = await signedIn(around, issuer);
  const { resources: _, idToken: __, ...before } = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify(before));
  const found = await lookUpTokens(path);
  assert.deepEqual(found.kind === "tokens" && found.tokens, {
    ...before,
    resources: [],
    idToken: null,
  });
});

test("is named after the issuer's host and path", () => {
  const name = (of: string) => tokenFile(of, "/home").path;
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
