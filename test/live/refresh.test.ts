import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt } from "jose";
import * as client from "openid-client";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { newPerson } from "./support/person.ts";
import { refusedWith } from "./support/refused-with.ts";
import { testClients } from "./support/test-clients.ts";

const SCOPE = "openid profile email offline_access";

test("REF-01: a refresh token is traded for new tokens of the same session", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person);
  const refreshed = await client.refreshTokenGrant(television, refreshTokenOf(tokens));
  const { access_token, refresh_token, id_token, ...rest } = refreshed;
  assert.notEqual(access_token, tokens.access_token);
  assert.notEqual(refresh_token, tokens.refresh_token);
  assert.ok(id_token);
  assert.deepEqual({ ...rest }, { token_type: "bearer", expires_in: 900, scope: SCOPE });
  assert.equal(decodeJwt(access_token)["sid"], decodeJwt(tokens.access_token)["sid"]);
  assert.equal(refreshed.claims()?.auth_time, tokens.claims()?.auth_time);
  assert.equal(refreshed.claims()?.nonce, undefined);
});

test("REF-03: whose answer was lost gets the same successor again", async () => {
  const { television, tokens } = await deviceTokens(await newPerson());
  const first = await client.refreshTokenGrant(television, refreshTokenOf(tokens));
  const again = await client.refreshTokenGrant(television, refreshTokenOf(tokens));
  assert.equal(again.refresh_token, first.refresh_token);
});

test("REF-02: a refresh token from before the last ends the session", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person);
  const second = await client.refreshTokenGrant(television, refreshTokenOf(tokens));
  const third = await client.refreshTokenGrant(television, refreshTokenOf(second));
  for (const token of [refreshTokenOf(tokens), refreshTokenOf(third)]) {
    await assert.rejects(client.refreshTokenGrant(television, token), refusedWith("invalid_grant"));
  }
  await assert.rejects(client.fetchUserInfo(television, third.access_token, person.id), {
    code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
    status: 401,
  });
});

test("REF-05: a scope may shrink for one access token, and grows back but not further", async () => {
  const { television, tokens } = await deviceTokens(await newPerson());
  const narrow = await client.refreshTokenGrant(television, refreshTokenOf(tokens), {
    scope: "openid",
  });
  assert.equal(narrow.scope, "openid");
  assert.equal(decodeJwt(narrow.access_token)["scope"], "openid");
  const whole = await client.refreshTokenGrant(television, refreshTokenOf(narrow));
  assert.equal(whole.scope, SCOPE);
  await assert.rejects(
    client.refreshTokenGrant(television, refreshTokenOf(whole), { scope: "openid profile:write" }),
    refusedWith("invalid_scope"),
  );
});

test("REF-05: a refresh token is of no use to another client, and stays good for its own", async () => {
  const { television, tokens } = await deviceTokens(await newPerson());
  const other = await discovered(testClients.app);
  await assert.rejects(
    client.refreshTokenGrant(other, refreshTokenOf(tokens)),
    refusedWith("invalid_grant"),
  );
  await client.refreshTokenGrant(television, refreshTokenOf(tokens));
});

function refreshTokenOf({ refresh_token }: { refresh_token?: string }): string {
  assert.ok(refresh_token, "there is no refresh token");
  return refresh_token;
}
