import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { packClient } from "./test-support/pack-client.ts";

const root = join(import.meta.dirname, "..");
const manifests = ["package.json", "client/package.json"].map((path) =>
  JSON.parse(readFileSync(join(root, path), "utf8")),
);

/** Hono and jose are beside it. */
const { project, tarball } = packClient();
after(() => rmSync(project, { recursive: true }));
const modules = join(project, "node_modules");
for (const name of ["hono", "jose"]) {
  symlinkSync(join(root, "node_modules", name), join(modules, name));
}

test("what is installed is compiled, and nothing of the server but the types of its binding", () => {
  const list = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  const files = list.trim().split("\n");
  const odd = files.filter(
    (file) => !/^package\/(LICENSE|README\.md|package\.json|dist\/.+\.(js|d\.ts))$/.test(file),
  );
  assert.deepEqual(odd, []);
  assert.deepEqual(
    files.filter((file) => /^package\/dist\/src\/.*\.d\.ts$/.test(file)),
    ["package/dist/src/rpc/auth-service.d.ts"],
  );
  assert.equal(files.filter((file) => /test/.test(file)).length, 0);
});

test("the repository as a dependency exports what the package does, and both are of one version", () => {
  const [repository, client] = manifests;
  const moved = JSON.stringify(client.exports).replaceAll("./dist/", "./client/dist/");
  assert.deepEqual(repository.exports, JSON.parse(moved));
  assert.equal(repository.version, client.version);
});

test("Node imports every export by its name", () => {
  writeFileSync(
    join(project, "main.js"),
    `import { createClient } from "latchkey/client";
import { fileStorage } from "latchkey/client/node";
import { guard } from "latchkey/hono";
import { accessTokenVerifier } from "latchkey/verify";
console.log([createClient, fileStorage, guard, accessTokenVerifier].map((one) => one.name).join());`,
  );
  const output = execFileSync(process.execPath, ["main.js"], { cwd: project, encoding: "utf8" });
  assert.equal(output, "createClient,fileStorage,guard,accessTokenVerifier\n");
});

test("a copy of the command line runs on the package, once one file says so", () => {
  const copy = join(project, "cli");
  cpSync(join(root, "examples/cli"), copy, { recursive: true });
  symlinkSync(join(root, "node_modules/uqr"), join(modules, "uqr"));
  const own = join(copy, "latchkey.ts");
  const moved = readFileSync(own, "utf8").replaceAll(
    /"\.\.\/\.\.\/client\/(client|node)\.ts"/g,
    (_, name) => (name === "node" ? '"latchkey/client/node"' : '"latchkey/client"'),
  );
  writeFileSync(own, moved);
  const { status, stderr } = spawnSync(process.execPath, [join(copy, "main.ts"), "token"], {
    encoding: "utf8",
    env: { ...process.env, XDG_CONFIG_HOME: join(project, "config") },
  });
  assert.match(stderr, /^You are not signed in to /);
  assert.equal(status, 3);
  const outside = spawnSync("grep", ["-rn", "--include=*.ts", "\\.\\./\\.\\./client", copy]);
  assert.equal(outside.stdout.toString(), "");
});

test("the client bundles for where there is neither Node nor a page, and takes less than 8 KiB", () => {
  writeFileSync(
    join(project, "worker.js"),
    `import { createClient } from "latchkey/client";
export default { fetch: () => createClient({ url: "https://login.example" }).fetch("/") };`,
  );
  const bundling = ["worker.js", "--bundle", "--minify", "--format=esm", "--platform=neutral"];
  const bundle = execFileSync(join(root, "node_modules/.bin/esbuild"), bundling, { cwd: project });
  assert.ok(gzipSync(bundle).length < 8_192, `${gzipSync(bundle).length} bytes`);
});

test("what the manuals show compiles", () => {
  writeFileSync(
    join(project, "globals.d.ts"),
    `declare function show(...what: unknown[]): void;
declare function ordersOf(accountId: string | null): object[];
declare const email: string;
declare const password: string;
declare const code: string;`,
  );
  const shown = ["README.md", "client/README.md", "docs/client.md"]
    .flatMap((manual) =>
      [...readFileSync(join(root, manual), "utf8").matchAll(/^```ts\n(.+?)^```$/gms)].map(
        ([, block = ""]) => block,
      ),
    )
    .filter((block) => block.includes('"latchkey/'));
  assert.equal(shown.length, 6);
  const files = shown.map((block, index) => {
    const file = `shown-${index}.ts`;
    writeFileSync(join(project, file), `import { Hono } from "hono";\n${block}\nexport { Hono };`);
    return file;
  });
  assert.equal(compiled(["globals.d.ts", ...files], "esnext", "bundler"), "");
});

test("its own manual leads to nothing that is not in it", () => {
  assert.doesNotMatch(readFileSync(join(root, "client/README.md"), "utf8"), /\]\(\.\.\//);
});

test("the licence comes along", () => {
  const [own, all] = ["client/LICENSE", "LICENSE"].map((path) => readFileSync(join(root, path)));
  assert.deepEqual(own, all);
});

for (const [module, resolution] of [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
] as const) {
  test(`its types hold what they promise under ${resolution}`, () => {
    writeFileSync(
      join(project, "main.ts"),
      `import { Hono } from "hono";
import { guard, type Guarded } from "latchkey/hono";
const options = { issuer: "https://login.example", audience: "https://orders.example" };
const app = new Hono<Guarded>();
app.use("/orders/*", guard({ ...options, scopes: ["orders:read"] }));
app.get("/orders/mine", (c) => c.text(c.var.caller.subject));
app.get("/", guard(options), (c) => c.json(c.var.caller.roles));
// @ts-expect-error An audience has to be named.
guard({ issuer: "https://login.example" });
// @ts-expect-error A caller has a subject, and no e-mail address.
app.get("/x", guard(options), (c) => c.text(c.var.caller.email));
import { createClient } from "latchkey/client";
const own = createClient({ url: "https://login.example" });
const television = createClient({ url: "https://login.example", clientId: "tv" });
export const names: Promise<string[]> = own.keys.list().then((keys) => keys.map(({ name }) => name));
export const code: Promise<string> = television.startDevice().then(({ userCode }) => userCode);
// @ts-expect-error A registered client asks for no passwords.
television.signIn({ email: "", password: "" });
// @ts-expect-error The wire has no such field.
own.keys.create({ name: "a", scope: "orders:read" });
`,
    );
    assert.equal(compiled(["main.ts"], module, resolution), "");
  });
}

/** What the compiler says of some files of the project. */
function compiled(files: readonly string[], module: string, resolution: string): string {
  const { stdout } = spawnSync(
    join(root, "node_modules/.bin/tsc"),
    [
      ...["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--types", ""],
      ...["--module", module, "--moduleResolution", resolution, ...files],
    ],
    { cwd: project, encoding: "utf8" },
  );
  return stdout;
}
