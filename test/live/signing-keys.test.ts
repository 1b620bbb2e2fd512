import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import { admin } from "./support/admin.ts";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { newPerson, type Person } from "./support/person.ts";
import { stateFolder } from "./support/servers.ts";
import { testClients } from "./support/test-clients.ts";

/** What a running Worker goes on with, as docs/operating.md states it, and some patience. */
const REFUSED_WITHIN_MS = 60_000 + 20_000;
const EVERY_MS = 200;

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? "";

test("KEY-03: a key that is retired by command is refused within the minute, and sessions go on", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person);
  const kid = kidOf(tokens.access_token);
  // The hourly run, as Cloudflare's cron trigger starts it: it makes the next key.
  assert.equal((await fetch(new URL("/cdn-cgi/handler/scheduled", issuer))).status, 200);
  const listed = await admin(stateFolder(), "list-signing-keys");
  assert.match(listed, new RegExp(`${kid} +current`));
  const next = listed.match(/^(\S+) +next /m)?.[1];

  assert.equal((await userInfo(television, tokens.access_token, person))?.sub, person.id);
  // Nobody asks meanwhile: a command and the server write the same file, and one of them would meet it locked.
  const retired = await admin(stateFolder(), "retire-signing-key", "--kid", kid);
  assert.match(retired, new RegExp(`${next} signs now`));
  await untilRefused(person, tokens.access_token, television);

  // Its keys are from before there was a next one, and it asks for them at most once a minute.
  const restarted = await discovered(testClients.television);
  const refreshed = await client.refreshTokenGrant(restarted, tokens.refresh_token ?? "");
  assert.equal(kidOf(refreshed.access_token), next);
  assert.equal((await userInfo(television, refreshed.access_token, person))?.sub, person.id);
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer));
  await jwtVerify(refreshed.access_token, keys);
  await assert.rejects(jwtVerify(tokens.access_token, keys), { code: "ERR_JWKS_NO_MATCHING_KEY" });
});

/** Asks all the time, as an API's callers do, until the token is good no more. */
async function untilRefused(
  person: Person,
  token: string,
  television: client.Configuration,
): Promise<void> {
  const until = performance.now() + REFUSED_WITHIN_MS;
  // By when it was asked: how long the answer takes is the machine's.
  let askedAt = performance.now();
  while (await userInfo(television, token, person)) {
    assert.ok(askedAt < until, "the token is still taken");
    await wait(EVERY_MS);
    askedAt = performance.now();
  }
}

/** Null where the token is refused. Throws for any other failure. */
async function userInfo(television: client.Configuration, token: string, { id }: Person) {
  try {
    return await client.fetchUserInfo(television, token, id);
  } catch (error) {
    assert.equal((error as { status?: number }).status, 401);
    return null;
  }
}
