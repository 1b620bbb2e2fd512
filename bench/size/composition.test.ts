import assert from "node:assert/strict";
import { test } from "node:test";
import { composition, type Metafile, ownerOf } from "./composition.ts";

function bundleOf(
  files: Readonly<Record<string, { bytes: number; imports?: string[]; later?: string[] }>>,
): Metafile {
  const entries = Object.entries(files);
  return {
    inputs: Object.fromEntries(
      entries.map(([path, { imports = [], later = [] }]) => [
        path,
        {
          imports: [
            ...imports.map((next) => ({ path: next, kind: "import-statement" })),
            ...later.map((next) => ({ path: next, kind: "dynamic-import" })),
          ],
        },
      ]),
    ),
    outputs: {
      "dist/index.js.map": { bytes: 1, inputs: {} },
      "dist/index.js": {
        bytes: 1000,
        entryPoint: "src/index.ts",
        inputs: Object.fromEntries(
          entries.map(([path, { bytes }]) => [path, { bytesInOutput: bytes }]),
        ),
      },
    },
  };
}

test("what is behind an import() alone is evaluated later, and whatever that imports", () => {
  const shares = composition(
    bundleOf({
      "src/index.ts": { bytes: 10, imports: ["src/crypto/passkeys.ts", "node_modules/hono/a.js"] },
      "src/crypto/passkeys.ts": { bytes: 20, later: ["node_modules/@heavy/one/a.js"] },
      "node_modules/@heavy/one/a.js": {
        bytes: 400,
        imports: ["node_modules/two/a.js", "node_modules/hono/b.js"],
      },
      "node_modules/two/a.js": { bytes: 300 },
      "node_modules/hono/a.js": { bytes: 50 },
      "node_modules/hono/b.js": { bytes: 5 },
    }),
  );

  assert.deepEqual(shares, [
    { owner: "@heavy/one", modules: 1, startBytes: 0, laterBytes: 400 },
    { owner: "two", modules: 1, startBytes: 0, laterBytes: 300 },
    { owner: "hono", modules: 2, startBytes: 50, laterBytes: 5 },
    { owner: "src/crypto", modules: 1, startBytes: 20, laterBytes: 0 },
    { owner: "src", modules: 1, startBytes: 10, laterBytes: 0 },
  ]);
});

test("what somebody imports at the start as well is evaluated at the start", () => {
  const [heavy] = composition(
    bundleOf({
      "src/index.ts": { bytes: 1, imports: ["src/a.ts"], later: ["node_modules/heavy/a.js"] },
      "src/a.ts": { bytes: 1, imports: ["node_modules/heavy/a.js"] },
      "node_modules/heavy/a.js": { bytes: 400 },
    }),
  );

  assert.deepEqual(heavy, { owner: "heavy", modules: 1, startBytes: 400, laterBytes: 0 });
});

test("a file belongs to the innermost package, or to the folder under src", () => {
  const owners = {
    "node_modules/tsyringe/node_modules/tslib/tslib.js": "tslib",
    "node_modules/@peculiar/x509/build/x509.es.js": "@peculiar/x509",
    "../../somewhere/src/core/key/crc32.ts": "src/core",
    "src/app.ts": "src",
  };

  assert.deepEqual(Object.keys(owners).map(ownerOf), Object.values(owners));
});
