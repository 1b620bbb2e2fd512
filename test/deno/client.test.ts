import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { packClient } from "../../client/test-support/pack-client.ts";
import { anAddress } from "../live/support/an-address.ts";
import { issuer } from "../live/support/issuer.ts";
import { decide, newPerson } from "../live/support/person.ts";
import { testClients } from "../live/support/test-clients.ts";

const DENO = join(import.meta.dirname, "node_modules/.bin/deno");
const { project } = packClient();
after(() => rmSync(project, { recursive: true }));
const tokens = join(project, "tokens.json");

writeFileSync(
  join(project, "main.js"),
  `import { createClient } from "latchkey/client";
import { fileStorage } from "latchkey/client/node";
const [command, url, clientId, address] = Deno.args;
const client = createClient({
  url,
  clientId,
  storage: fileStorage("tokens.json"),
  fetch(input, init) {
    const request = new Request(input, init);
    request.headers.set("cf-connecting-ip", address);
    return fetch(request);
  },
});
const commands = {
  async login() {
    const device = await client.startDevice({ scope: "openid offline_access" });
    console.log(device.userCode);
    await device.finished();
  },
  token: async () => console.log(await client.accessToken()),
  whoami: async () => console.log((await client.userInfo()).sub),
  logout: () => client.signOut(),
};
await commands[command]();
`,
);

/** Runs a command in Deno, which may reach Latchkey and the project's folder and nothing else. */
function started(command: string): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const rights = [`--allow-net=${new URL(issuer).host}`, "--allow-read=.", "--allow-write=."];
  const child = spawn(
    DENO,
    [
      ...["run", "--no-prompt", "--cached-only", "--no-lock", ...rights, "--allow-sys=uid"],
      ...["main.js", command, issuer, testClients.television.id, anAddress()],
    ],
    {
      cwd: project,
      env: { ...process.env, DENO_DIR: join(project, ".deno"), DENO_NO_UPDATE_CHECK: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return child as ReturnType<typeof started>;
}

async function said(command: string): Promise<string> {
  const child = started(command);
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  assert.equal(code, 0, command);
  return out.trim();
}

test("in Deno a television signs in, its processes share one renewal, and it signs out", async () => {
  const person = await newPerson();
  const login = started("login");
  const ended = once(login, "close");
  const [userCode] = await once(createInterface(login.stdout), "line");
  await decide(person, userCode);
  assert.deepEqual(await ended, [0, null]);
  assert.equal(await said("whoami"), person.id);

  const kept = JSON.parse(readFileSync(tokens, "utf8"));
  writeFileSync(tokens, JSON.stringify({ ...kept, expiresAt: 0 }));
  const fresh = new Set(await Promise.all([said("token"), said("token"), said("token")]));
  assert.equal(fresh.size, 1);
  assert.ok(!fresh.has(kept.accessToken));
  assert.equal(await said("whoami"), person.id);

  await said("logout");
  assert.throws(() => readFileSync(tokens), { code: "ENOENT" });
});
