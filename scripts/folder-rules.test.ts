import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

/** A wrong import in each folder, and what the linter's sentence about it begins with. */
const WRONG_IMPORTS = [
  ["src/core/wrong.ts", "zod", "core/ decides"],
  ["src/core/wrong.ts", "../log/write.ts", "core/ decides"],
  ["src/core/account/wrong.ts", "hono", "core/ decides"],
  ["src/core/account/wrong.ts", "../../storage/d1/schema.ts", "core/ decides"],
  ["src/core/account/wrong.ts", "../../ports.ts", "core/ decides"],
  ["src/surfaces/wrong.ts", "../storage/d1/schema.ts", "surfaces/ translates"],
  ["src/surfaces/planasonix/wrong.ts", "../../log/write.ts", "A contract is tables"],
  ["src/surfaces/planasonix/wrong.ts", "../pionne/terms.ts", "A contract is tables"],
  ["src/surfaces/planasonix/wrong.ts", "hono", "A contract is tables"],
  ["src/oauth/wrong.ts", "../crypto/signing-keys.ts", "oauth/ and pages/ translate"],
  ["src/pages/wrong.tsx", "../surfaces/mount.ts", "oauth/ and pages/ translate"],
  ["src/rpc/wrong.ts", "../storage/d1/schema.ts", "rpc/ translates"],
  ["src/rpc/wrong.ts", "../ports.ts", "rpc/ translates"],
  ["src/rpc/wrong.ts", "../oauth/token.ts", "rpc/ translates"],
  ["src/rpc/auth-service.ts", "../core/account/account.ts", "auth-service.ts is copied"],
  ["src/http/wrong.ts", "../surfaces/mount.ts", "http/ holds what all"],
  ["src/log/wrong.ts", "../core/ports.ts", "log/ writes lines"],
  ["src/log/wrong.ts", "hono", "log/ writes lines"],
  ["src/bytes/wrong.ts", "../core/ports.ts", "bytes/ is what"],
  ["src/storage/d1/wrong.ts", "../kv/mailed-links.ts", "storage/d1/ remembers"],
  ["src/storage/kv/wrong.ts", "drizzle-orm", "storage/ remembers"],
  ["src/storage/durable/wrong.ts", "../../crypto/sealed-token.ts", "storage/ remembers"],
  ["src/crypto/wrong.ts", "../storage/d1/schema.ts", "crypto/ seals"],
  ["src/pages/account/wrong.tsx", "../../storage/d1/schema.ts", "pages/ translates"],
  ["src/pages/account/wrong.tsx", "drizzle-orm", "pages/ translates"],
  ["src/settings/wrong.ts", "../storage/d1/schema.ts", "settings/ reads"],
  ["src/reference/wrong.ts", "../surfaces/index.ts", "reference/ shows"],
  ["src/reference/wrong.ts", "zod", "reference/ shows"],
  ["src/texts/en/wrong.ts", "../../core/ports.ts", "texts/ is words"],
  ["src/webhooks/wrong.ts", "../storage/d1/schema.ts", "webhooks/ delivers"],
  ["src/mail-events/wrong.ts", "../storage/d1/schema.ts", "mail-events/ translates"],
  ["src/mail/wrong.ts", "../crypto/sealed-token.ts", "mail/ words"],
  ["client/guard/wrong.ts", "../../src/core/account/account.ts", "client/guard/ lets callers in"],
  ["client/wrong.ts", "../src/oauth/paths.ts", "client/ runs anywhere"],
  ["client/tokens/wrong.ts", "node:fs/promises", "client/ runs anywhere"],
  ["client/oauth/wrong.ts", "../../src/oauth/shapes.ts", "client/ runs anywhere"],
  ["client/node/wrong.ts", "zod", "client/node/ is for Node"],
  ["client/guard/wrong.ts", "zod", "client/guard/ lets callers in"],
] as const;

/** Imports of the same shape that each folder may make. */
const RIGHT_IMPORTS = [
  ["src/core/right.ts", "./ports.ts"],
  ["src/core/account/right.ts", "../mail/mail-order.ts"],
  ["src/surfaces/right.ts", "hono/body-limit"],
  ["src/surfaces/planasonix/right.ts", "../../core/terms.ts"],
  ["src/pages/right.tsx", "../http/app-env.ts"],
  ["src/pages/account/right.tsx", "../frame/page.tsx"],
  ["src/pages/account/right.tsx", "../../texts/fill.ts"],
  ["src/surfaces/planasonix/right.ts", "../shape-fields.ts"],
  ["src/reference/right.tsx", "../pages/frame/page.tsx"],
  ["src/texts/en/right.ts", "../texts.ts"],
  ["src/texts/right.ts", "../core/language.ts"],
  ["src/rpc/right.ts", "../core/oauth/live-token.ts"],
  ["src/rpc/right.ts", "cloudflare:workers"],
  ["src/rpc/right.ts", "../log/write.ts"],
  ["src/http/right.ts", "../log/write.ts"],
  ["src/log/right.ts", "./write.ts"],
  ["src/bytes/right.ts", "./same-bytes.ts"],
  ["src/mail/right.ts", "../bytes/sha-256-hex.ts"],
  ["src/crypto/right.ts", "../bytes/same-bytes.ts"],
  ["src/storage/d1/right.ts", "../../bytes/sha-256-hex.ts"],
  ["src/storage/durable/right.ts", "../../bytes/same-text.ts"],
  ["src/storage/d1/right.ts", "drizzle-orm/d1"],
  ["src/storage/durable/right.ts", "cloudflare:workers"],
  ["src/crypto/right.ts", "jose"],
  ["client/guard/right.ts", "../../src/rpc/auth-service.ts"],
  ["client/guard/right.ts", "hono/http-exception"],
  ["client/oauth/right.ts", "../http/ask.ts"],
  ["client/node/right.ts", "node:fs/promises"],
] as const;

for (const [file, specifier, sentence] of WRONG_IMPORTS) {
  test(`${file} may not import ${specifier}, and the linter says why`, () => {
    assert.match(lint(file, specifier), new RegExp(sentence));
  });
}

for (const [file, specifier] of RIGHT_IMPORTS) {
  test(`${file} may import ${specifier}`, () => {
    assert.match(lint(file, specifier), /Checked 1 file.*No fixes applied/s);
    assert.doesNotMatch(lint(file, specifier), /noRestrictedImports/);
  });
}

/** Lints one import as if it stood in that file, in a folder of its own with our rules. */
function lint(file: string, specifier: string): string {
  const folder = mkdtempSync(join(tmpdir(), "folder-rules-"));
  try {
    cpSync("biome.json", join(folder, "biome.json"));
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `import { it } from "${specifier}";\nit();\n`);
    const options = ["lint", "--vcs-enabled=false", "--only=style/noRestrictedImports", file];
    const { stdout, stderr } = spawnSync("biome", options, { cwd: folder, encoding: "utf8" });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
