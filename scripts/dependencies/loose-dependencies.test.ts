import assert from "node:assert/strict";
import { test } from "node:test";
import { type LockedPackage, readLockFiles } from "./lock-files.ts";
import { looseDependencies, type Manifest, readManifests } from "./loose-dependencies.ts";

const ZOD: LockedPackage = { version: "4.6.7", integrity: "sha512-x" };
const MANIFEST: Manifest = { path: "package.json", dependencies: { zod: "4.6.7" } };

/** What is said of a project whose lock file, manifests or one package differ from what is in order. */
function saidOf({
  manifests = [MANIFEST],
  known = { zod: "4.6.7" },
  zod = {},
  others = {},
}: {
  manifests?: Manifest[];
  known?: Record<string, string>;
  zod?: LockedPackage;
  others?: Record<string, LockedPackage>;
}): string[] {
  const packages = {
    "": { dependencies: known },
    "node_modules/zod": { ...ZOD, ...zod },
    ...others,
  };
  return looseDependencies(manifests, [{ path: "package-lock.json", packages }]);
}

test("every dependency is exact, and the lock files agree", () => {
  assert.ok(readManifests().length > 3);
  assert.deepEqual(looseDependencies(readManifests(), readLockFiles()), []);
});

test("a project in order is not complained of", () => {
  assert.deepEqual(saidOf({}), []);
});

for (const range of ["^4.6.7", "~4.6.7", "4.x", "4", "latest", "*", "github:colinhacks/zod"]) {
  test(`${range} is not exact, also where it stands among the tools`, () => {
    const manifest = { path: "package.json", devDependencies: { zod: range } };
    assert.deepEqual(saidOf({ manifests: [manifest], known: { zod: range } }), [
      `package.json: zod is not exact: ${range}`,
      `package-lock.json: zod is wanted as ${range}, known as ${range}, locked as 4.6.7`,
    ]);
  });
}

test("a lock file that was left behind is told", () => {
  assert.deepEqual(saidOf({ known: { zod: "4.6.6" }, zod: { version: "4.6.6" } }), [
    "package-lock.json: zod is wanted as 4.6.7, known as 4.6.6, locked as 4.6.6",
  ]);
  assert.deepEqual(saidOf({ known: { zod: "4.6.7", hono: "4.13.19" } }), [
    "package-lock.json: hono is wanted as undefined, known as 4.13.19, locked as undefined",
  ]);
});

test("an example that uses another version than is tested is told", () => {
  const example = { path: "examples/api/package.json", dependencies: { zod: "4.6.6" } };
  assert.deepEqual(saidOf({ manifests: [MANIFEST, example] }), [
    "examples/api/package.json: zod 4.6.6 is tested as 4.6.7",
  ]);
});

test("the bench has packages of its own, and shares the others", () => {
  const bench = { path: "bench/package.json", dependencies: { "better-auth": "1.7.25" } };
  assert.deepEqual(saidOf({ manifests: [MANIFEST, bench] }), []);
  const older = { path: "bench/package.json", dependencies: { zod: "4.6.6" } };
  assert.deepEqual(saidOf({ manifests: [MANIFEST, older] }), [
    "bench/package.json: zod 4.6.6 is tested as 4.6.7",
  ]);
});

test("a package comes from the registry, by its hash", () => {
  const resolved = "https://mirror.example/zod-4.6.7.tgz";
  assert.deepEqual(saidOf({ zod: { resolved: "https://registry.npmjs.org/zod/-/z.tgz" } }), []);
  assert.deepEqual(saidOf({ zod: { resolved } }), [
    `package-lock.json: node_modules/zod: ${resolved}`,
  ]);
  assert.deepEqual(saidOf({ zod: { integrity: "" } }), [
    "package-lock.json: node_modules/zod: no hash",
  ]);
});

test("what another platform needs is locked too", () => {
  const optionalDependencies = { "@esbuild/darwin-arm64": "0.28.0" };
  const others = {
    "node_modules/wrangler/node_modules/@esbuild/darwin-arm64": ZOD,
  };
  assert.deepEqual(saidOf({ zod: { optionalDependencies } }), [
    "package-lock.json: node_modules/zod may need @esbuild/darwin-arm64, which is not locked",
  ]);
  assert.deepEqual(saidOf({ zod: { optionalDependencies }, others }), []);
});
