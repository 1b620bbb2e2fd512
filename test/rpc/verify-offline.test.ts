import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { decodeJwt } from "jose";
import { beforeAll, expect, it } from "vitest";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts } from "../../src/storage/d1/schema.ts";
import { contracts } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { member } from "../support/members.ts";
import { spaTokens } from "../support/oauth.ts";
import { API, OTHER_API, registerOAuthClients } from "../support/oauth-clients.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { auth } from "./entrypoint.ts";
import { tokenSamples } from "./token-samples.ts";

beforeAll(registerOAuthClients);

const FOUR_MONTHS_SECONDS = 120 * 86_400;
/** What only a look into the store can tell. */
const NOT_KNOWN_OFFLINE =
  /, (signed out|revoked|of a disabled account|of an account that must .*)$/;

it("says of a token what `verify` says, and differs only where that looked into the store", async () => {
  stopClock();
  const samples = await tokenSamples();
  const differing = new Set<string>();
  let alike = 0;
  for (const { what, token } of samples) {
    const isJwt = token.split(".").length === 3;
    for (const options of [{}, { audience: API }, { audience: OTHER_API }]) {
      const [offline, looked] = [
        await auth().verifyOffline(token, options),
        await auth().verify(token, options),
      ];
      if (looked && isJwt && looked.scopes) {
        expect(offline, what).toEqual(looked);
        alike += 1;
      } else if (offline) {
        differing.add(what);
      }
    }
  }
  expect(alike).toBeGreaterThanOrEqual(20);
  expect(differing.size).toBeGreaterThanOrEqual(20);
  expect([...differing].filter((what) => !NOT_KNOWN_OFFLINE.test(what))).toEqual([]);

  passSeconds(FOUR_MONTHS_SECONDS);
  for (const { what, token } of samples) {
    expect(await auth().verifyOffline(token), what).toBeNull();
  }
});

it("asks no store, and tells the role of the time at which the token was made", async () => {
  const { access_token } = await spaTokens(startPostOffice());
  await openDatabase(env.DB)
    .update(accounts)
    .set({ role: "admin" })
    .where(eq(accounts.id, decodeJwt(access_token).sub ?? ""));
  expect(await auth().verify(access_token)).toMatchObject({ roles: ["admin"] });

  const calls = await countCalls(async () => {
    expect(await auth().verifyOffline(access_token)).toMatchObject({ roles: ["user"] });
  });
  expect(calls).toMatchObject({ d1: 0, kv: 0, durableObjects: 0 });
});

it.each(contracts)("takes no token of $contract: it may live for days", async ({ connect }) => {
  const service = startService();
  const { accessToken } = given(await connect(service).signIn(await member(service)));

  expect(await auth().verify(accessToken)).not.toBeNull();
  expect(await auth().verifyOffline(accessToken)).toBeNull();
});

it.each([undefined, null, "", 5, {}, "x".repeat(8193)])(
  "takes nothing that is no token, and no audience that is none: %#",
  async (nothing) => {
    const { access_token } = await spaTokens(startService());
    const call = auth().verifyOffline as (...args: unknown[]) => Promise<unknown>;

    expect(await call(nothing)).toBeNull();
    expect(await call(access_token, { audience: nothing })).toBeNull();
  },
);

it("leaves a line where it refuses, and none for a good token, unlike `verify`", async () => {
  const { access_token } = await spaTokens(startService());
  const log = logLines();

  await auth().verifyOffline(access_token);
  expect(log.take()).toBe("");

  await auth().verifyOffline(`${access_token}A`);
  await auth().verify(access_token);
  expect(log.parsed()).toMatchObject([
    { level: "info", rpc: "verifyOffline", good: false, stores: {} },
    { level: "info", rpc: "verify", good: true, stores: { d1: { calls: 1 } } },
  ]);
});
