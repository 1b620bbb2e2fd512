import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { challengedWith } from "./support/challenged-with.ts";
import { deviceTokens } from "./support/device-tokens.ts";
import { newPerson } from "./support/person.ts";

test("userinfo says who somebody is, as far as the scopes reach", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person, { scope: "openid profile email" });
  const info = await client.fetchUserInfo(television, tokens.access_token, person.id);
  const { updated_at, ...who } = info;
  assert.equal(typeof updated_at, "number");
  assert.deepEqual(who, {
    sub: person.id,
    name: person.name,
    given_name: "Robin",
    family_name: "Example",
    email: person.email,
    email_verified: true,
  });
});

test("userinfo keeps name and address from who may not see them", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person, { scope: "openid" });
  const info = await client.fetchUserInfo(television, tokens.access_token, person.id);
  assert.deepEqual(info, { sub: person.id });
});

test("openid-client refuses userinfo about somebody else", async () => {
  const [person, other] = await Promise.all([newPerson(), newPerson()]);
  const { television, tokens } = await deviceTokens(person);
  await assert.rejects(client.fetchUserInfo(television, tokens.access_token, other.id), {
    code: "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED",
  });
});

test("RS-02: a token without openid is told which scope it lacks", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person, { scope: "profile:read" });
  await assert.rejects(
    client.fetchUserInfo(television, tokens.access_token, person.id),
    challengedWith(403, "insufficient_scope"),
  );
});

test("RS-02: a token that nobody signed is told that it is none", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person);
  const [head, body] = tokens.access_token.split(".");
  const forged = `${head}.${body}.${"A".repeat(86)}`;
  await assert.rejects(
    client.fetchUserInfo(television, forged, person.id),
    challengedWith(401, "invalid_token"),
  );
});
