import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { inFile, newSecret } from "./new-secret.ts";

test("a secret is not drawn where nobody would see it, and none where there is one", () => {
  assert.equal(newSecret({ secrets: new Set(["AUTH_SECRET"]) }, {}, false), null);
  assert.throws(() => newSecret({ secrets: null }, {}, false), /no terminal to show a new one/);
  const drawn = newSecret({ secrets: new Set() }, {}, true);
  assert.match(drawn?.value ?? "", /^[0-9a-f]{64}$/);
  assert.equal(drawn?.isKept, false);
});

test("the secret of the environment is taken, and not shown", () => {
  const kept = newSecret({ secrets: null }, { AUTH_SECRET: "kept" }, false);
  assert.deepEqual(kept, { value: "kept", isKept: true });
});

test("a secret lies in a file of its owner's alone, and no longer than it is used", async () => {
  const secret = { value: 'it\'s "quoted" $HOME', isKept: true };
  let file = "";
  const failing = inFile(secret, async ([flag, path = ""]) => {
    assert.equal(flag, "--secrets-file");
    file = path;
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { AUTH_SECRET: secret.value });
    throw new Error("the upload broke off");
  });
  await assert.rejects(failing, /broke off/);
  assert.ok(!existsSync(file));
  assert.deepEqual(await inFile(null, async (args) => args), []);
});
