import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

for (const url of ["http://auth.invalid", "http://localhost.invalid:8787"]) {
  test(`the doctor says nothing to ${url}: a password would go in clear`, () => {
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ["scripts/doctor.ts", url, "--email", "a@example.test", "--only", "up"],
      { encoding: "utf8", env: { ...process.env, LATCHKEY_DOCTOR_PASSWORD: "x" } },
    );
    assert.equal(status, 1);
    assert.match(stderr, /could read along.*Give its https: URL: npm run doctor -- https:/s);
    assert.equal(stdout, "");
  });
}

test("the doctor takes a DKIM selector alone, not the name of its record", () => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ["scripts/doctor.ts", "https://auth.invalid", "--dkim-selector", "k1._domainkey.acme.test"],
    { encoding: "utf8" },
  );
  assert.equal(status, 1);
  assert.match(stderr, /is not a selector.*what stands before \._domainkey/s);
  assert.equal(stdout, "");
});

for (const [given, url] of [
  ["localhost:9100", "http://localhost:9100"],
  ["auth.invalid", "https://auth.invalid"],
]) {
  test(`the doctor says what is missing before ${given}`, () => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/doctor.ts", given ?? ""], {
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.ok(stderr.includes(`${given} has no http:// or https:// before it.`), stderr);
    assert.ok(stderr.trimEnd().endsWith(`npm run doctor -- ${url}`), stderr);
  });
}
