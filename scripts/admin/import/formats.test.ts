import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { formatNamed } from "./formats.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
after(() => rmSync(folder, { recursive: true }));

/** As the console of a Firebase project shows it. */
const HASH_CONFIG = `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: c2lnbmVyLWtleQ==,
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}
`;

function file(text: string): string {
  const path = join(folder, "hash-config");
  writeFileSync(path, text);
  return path;
}

test("a Firebase project's hash_config is read as its console shows it", () => {
  const { mapper } = formatNamed("firebase", file(HASH_CONFIG));
  const user = { email: "ada@example.com", passwordHash: "aGFzaA==", salt: "c2FsdA==" };
  assert.equal(
    mapper?.(user, new Date()).row.password_hash,
    "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=c2lnbmVyLWtleQ==$c2FsdA==$aGFzaA==",
  );
});

for (const left of [
  "algorithm",
  "base64_signer_key",
  "base64_salt_separator",
  "rounds",
  "mem_cost",
]) {
  test(`one without ${left} is refused, and nothing of it shown`, () => {
    const path = file(HASH_CONFIG.replace(left, "other"));
    assert.throws(
      () => formatNamed("firebase", path),
      ({ message }: Error) =>
        /has no whole hash_config/.test(message) && !message.includes("c2lnbmVy"),
    );
  });
}

test("a hash_config of another algorithm is refused", () => {
  const path = file(HASH_CONFIG.replace("SCRYPT", "HMAC_SHA256"));
  assert.throws(() => formatNamed("firebase", path), /has no whole hash_config/);
});

test("an unknown format is refused, and a name that objects have", () => {
  for (const name of ["cognito", "constructor", ""]) {
    assert.throws(() => formatNamed(name, null), /is no format that is known here/);
  }
});
