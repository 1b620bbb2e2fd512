import assert from "node:assert/strict";
import { test } from "node:test";
import { LatchkeyError } from "../latchkey-error.ts";
import { aPlatform } from "../test-support/a-platform.ts";
import { KeptTokens, type Renew } from "./kept-tokens.ts";
import { memoryStorage } from "./memory-storage.ts";
import type { Tokens } from "./tokens.ts";

const OWNER = { url: "https://login.example", clientId: "tv" };
const SIGNED_OUT = { name: "LatchkeyError", code: "signed_out" };
const away = new LatchkeyError("no_answer", "Away.");

/** Somebody who signed in, and how often their tokens were renewed. */
function scene({ lifeSeconds = 900, kept = {}, renew = next }: Partial<Scene> = {}) {
  const platform = aPlatform(() => "lost");
  const first: Tokens = {
    ...OWNER,
    accessToken: "access-1",
    expiresAt: platform.now() + lifeSeconds * 1_000,
    refreshToken: "refresh-1",
    scope: "openid",
    idToken: null,
    ...kept,
  };
  const storage = memoryStorage(first);
  const spent: string[] = [];
  const open = (owner: typeof OWNER = OWNER) =>
    new KeptTokens({
      storage,
      owner,
      platform,
      renew: (tokens, refreshToken) => {
        spent.push(refreshToken);
        return renew(tokens, refreshToken);
      },
    });
  return { tokens: open(), open, storage, spent, platform };
}

interface Scene {
  lifeSeconds: number;
  kept: Partial<Tokens>;
  renew: Renew;
}

/** Nobody gets an answer at once. */
const next: Renew = async (tokens, refreshToken) => {
  await new Promise(setImmediate);
  const number = Number(refreshToken.replace("refresh-", "")) + 1;
  return {
    ...tokens,
    accessToken: `access-${number}`,
    refreshToken: `refresh-${number}`,
    expiresAt: tokens.expiresAt + 900_000,
  };
};

test("tokens that hold for another minute are used as they are", async () => {
  const { tokens, spent } = scene({ lifeSeconds: 61 });
  assert.equal((await tokens.fresh()).accessToken, "access-1");
  assert.deepEqual(spent, []);
});

test("of many who ask at once one renews, before the old token has ended", async () => {
  const { tokens, spent, storage } = scene({ lifeSeconds: 59 });
  const all = await Promise.all(Array.from({ length: 20 }, () => tokens.fresh()));
  assert.deepEqual(new Set(all.map(({ accessToken }) => accessToken)), new Set(["access-2"]));
  assert.deepEqual(spent, ["refresh-1"]);
  assert.equal((await storage.load())?.refreshToken, "refresh-2");
});

test("of two that share a storage, as tabs do, one renews", async () => {
  const { tokens, open, spent } = scene({ lifeSeconds: 0 });
  const all = await Promise.all([tokens.fresh(), open().fresh(), open().fresh("access-1")]);
  assert.deepEqual(
    all.map(({ accessToken }) => accessToken),
    Array(3).fill("access-2"),
  );
  assert.deepEqual(spent, ["refresh-1"]);
});

test("a token that was refused is renewed once, however many it was refused to", async () => {
  const { tokens, spent } = scene();
  const used: string[] = [];
  const work = () =>
    tokens.use(async (accessToken) => {
      used.push(accessToken);
      if (accessToken === "access-1") {
        throw new LatchkeyError("unauthorized", "No.", { status: 401 });
      }
      return accessToken;
    });
  assert.deepEqual(await Promise.all([work(), work()]), ["access-2", "access-2"]);
  assert.deepEqual(used, ["access-1", "access-1", "access-2", "access-2"]);
  assert.deepEqual(spent, ["refresh-1"]);
});

test("who joins a renewal that was begun before their token was refused gets a newer one", async () => {
  const { tokens } = scene({ lifeSeconds: 59, renew: async () => Promise.reject(away) });
  const [calm, refused] = await Promise.allSettled([tokens.fresh(), tokens.fresh("access-1")]);
  assert.equal(calm.status === "fulfilled" && calm.value.accessToken, "access-1");
  assert.equal(refused.status === "rejected" && refused.reason, away);
});

test("while the server is away, a token that still holds is used; one that does not is not", async () => {
  const { tokens, platform, storage } = scene({
    lifeSeconds: 30,
    renew: () => Promise.reject(away),
  });
  assert.equal((await tokens.fresh()).accessToken, "access-1");
  platform.setOn(31);
  await assert.rejects(tokens.fresh(), { code: "no_answer" });
  assert.equal((await storage.load())?.refreshToken, "refresh-1");
});

test("of many who ask while the server is away one asks it, and all hear of that", async () => {
  const { tokens, spent } = scene({
    lifeSeconds: 0,
    renew: async () => {
      await new Promise(setImmediate);
      throw away;
    },
  });
  const all = await Promise.allSettled([tokens.fresh(), tokens.fresh(), tokens.fresh("access-1")]);
  assert.deepEqual(
    all.map((one) => one.status === "rejected" && one.reason),
    [away, away, away],
  );
  assert.equal(spent.length, 1);
});

test("when the session is over the tokens are forgotten, and later calls ask nobody", async () => {
  const { tokens, storage, spent } = scene({ lifeSeconds: 0, renew: async () => null });
  await assert.rejects(tokens.fresh(), SIGNED_OUT);
  assert.equal(await storage.load(), null);
  await assert.rejects(tokens.fresh(), SIGNED_OUT);
  assert.equal(spent.length, 1);
});

test("without a refresh token a session lasts as long as its access token", async () => {
  const { tokens, platform } = scene({ lifeSeconds: 30, kept: { refreshToken: null } });
  assert.equal((await tokens.fresh()).accessToken, "access-1");
  platform.setOn(30);
  await assert.rejects(tokens.fresh(), SIGNED_OUT);
});

test("tokens of another server or client are not used, and not sent anywhere", async () => {
  const { open, spent } = scene({ lifeSeconds: 0 });
  for (const owner of [
    { ...OWNER, url: "https://other.example" },
    { ...OWNER, clientId: "phone" },
  ]) {
    await assert.rejects(open(owner).fresh(), SIGNED_OUT);
  }
  assert.deepEqual(spent, []);
});

test("nobody gets tokens that could not be kept: they would be lost with the page", async () => {
  const { tokens, storage } = scene({ lifeSeconds: 59 });
  storage.save = () => Promise.reject(new Error("full"));
  await assert.rejects(tokens.fresh(), /full/);
});

test("who signs out while a renewal is under way ends the session that it made", async () => {
  const begun = Promise.withResolvers<void>();
  const { tokens, open, storage } = scene({
    lifeSeconds: 0,
    renew: (...spent) => {
      begun.resolve();
      return next(...spent);
    },
  });
  const ended: (string | null)[] = [];
  const renewal = tokens.fresh();
  await begun.promise;
  await open().forget(async ({ refreshToken }) => void ended.push(refreshToken));
  assert.equal((await renewal).accessToken, "access-2");
  assert.deepEqual(ended, ["refresh-2"]);
  assert.equal(await storage.load(), null);
});
