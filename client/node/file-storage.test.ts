import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Clock } from "../platform.ts";
import { freshTokensOf } from "../test-support/fresh-tokens-of.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { fileStorage } from "./file-storage.ts";
import { withFileLock } from "./with-file-lock.ts";

const tokens: Tokens = {
  url: "https://login.example",
  clientId: "cli",
  accessToken: "access-1",
  expiresAt: 0,
  refreshToken: "refresh-1",
  scope: null,
  idToken: null,
};

/** A clock that is set on by whoever waits. */
function impatient(): Clock {
  let now = 0;
  const sleep = async (milliseconds: number) => {
    now += milliseconds;
  };
  return { now: () => now, random: () => 0, sleep };
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "latchkey-storage-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

test("tokens are kept until they are forgotten, for nobody else to read", async (t) => {
  const own = join(await folder(t), "new", "folder");
  const storage = fileStorage(join(own, "tokens.json"));
  assert.equal(await storage.load(), null);
  await storage.exclusively(() => storage.save(tokens));
  assert.deepEqual(await fileStorage(join(own, "tokens.json")).load(), tokens);
  assert.equal((await stat(join(own, "tokens.json"))).mode & 0o777, 0o600);
  assert.equal((await stat(own)).mode & 0o777, 0o700);
  assert.deepEqual((await readdir(own)).sort(), ["tokens.json", "tokens.json.lock"]);
  await storage.save(null);
  assert.equal(await storage.load(), null);
  await storage.save(null);
});

test("a file that others may have read is refused, and replaced by a new sign-in", async (t) => {
  const path = join(await folder(t), "tokens.json");
  const storage = fileStorage(path);
  await storage.save(tokens);
  await chmod(path, 0o640);
  await assert.rejects(storage.load(), { code: "storage_unsafe" });
  await storage.save(tokens);
  assert.deepEqual(await storage.load(), tokens);
});

test("who reads the old file while it is replaced reads all of it", async (t) => {
  const path = join(await folder(t), "tokens.json");
  await fileStorage(path).save(tokens);
  const before = await readFile(path, "utf8");
  const reader = await open(path);
  t.after(() => reader.close());
  await fileStorage(path).save({ ...tokens, accessToken: "access-2" });
  assert.equal(await reader.readFile("utf8"), before);
  assert.equal((await fileStorage(path).load())?.accessToken, "access-2");
});

test("when writing fails nothing lies beside it", async (t) => {
  const own = await folder(t);
  await mkdir(join(own, "tokens.json"));
  await assert.rejects(fileStorage(join(own, "tokens.json")).save(tokens), { syscall: "rename" });
  assert.deepEqual(await readdir(own), ["tokens.json"]);
});

test("what tokens are for is kept with them", async (t) => {
  const path = join(await folder(t), "tokens.json");
  const forAnApi = { ...tokens, resource: ["https://api.example", "urn:other"] };
  await fileStorage(path).save(forAnApi);
  assert.deepEqual(await fileStorage(path).load(), forAnApi);
  await writeFile(path, JSON.stringify({ ...tokens, resource: "https://api.example" }));
  assert.equal(await fileStorage(path).load(), null);
});

test("what is damaged is nobody's sign-in", async (t) => {
  const path = join(await folder(t), "tokens.json");
  for (const text of ["", "{", "[]", "null", '{"url":"https://login.example"}']) {
    await writeFile(path, text, { mode: 0o600 });
    assert.equal(await fileStorage(path).load(), null, text);
  }
});

test("of processes that find the same old tokens one renews them, and the others use them", async (t) => {
  const path = join(await folder(t), "tokens.json");
  const spent: string[] = [];
  const server = createServer((request, response) => {
    request.on("data", (form) =>
      spent.push(new URLSearchParams(String(form)).get("refresh_token") ?? ""),
    );
    request.on("end", () => {
      const next = { access_token: "access-2", expires_in: 900, refresh_token: "refresh-2" };
      response.end(JSON.stringify({ ...next, token_type: "Bearer" }));
    });
  });
  t.after(() => server.close());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fileStorage(path).save({ ...tokens, url });
  const all = await freshTokensOf(3, path, { url, clientId: "cli" });
  assert.deepEqual(
    all.map(({ accessToken }) => accessToken),
    Array(3).fill("access-2"),
  );
  assert.deepEqual(spent, ["refresh-1"]);
});

test("two that work at once do so one after the other, also within a process", async (t) => {
  const path = join(await folder(t), "tokens.json");
  const steps: string[] = [];
  const work = (name: string) =>
    fileStorage(path).exclusively(async () => {
      steps.push(`${name} begins`);
      await new Promise(setImmediate);
      steps.push(`${name} ends`);
    });
  await Promise.all([work("a"), work("b")]);
  assert.match(steps.join(", "), /^(.) begins, \1 ends, (.) begins, \2 ends$/);
});

test("the lock of a process that died is free, that of a living one is not", async (t) => {
  const lock = join(await folder(t), "lock");
  const script = join(import.meta.dirname, "../test-support/hold-file-lock.ts");
  const holder = spawn(process.execPath, [script, lock], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => holder.kill("SIGKILL"));
  await once(holder.stdout, "data");
  await assert.rejects(
    withFileLock(lock, async () => assert.fail("taken from the living"), impatient()),
    { code: "storage_busy" },
  );
  holder.kill("SIGKILL");
  await once(holder, "close");
  assert.equal(await withFileLock(lock, async () => "mine"), "mine");
});

test("nobody waits for ever, and what failed holds up nobody", async (t) => {
  const lock = join(await folder(t), "lock");
  await withFileLock(lock, async () => {
    await assert.rejects(
      withFileLock(lock, async () => {}, impatient()),
      { code: "storage_busy" },
    );
  });
  await assert.rejects(
    withFileLock(lock, () => Promise.reject(new Error("broken"))),
    /broken/,
  );
  assert.equal(await withFileLock(lock, async () => "free"), "free");
});
