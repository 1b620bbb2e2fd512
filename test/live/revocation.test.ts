import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { newPerson } from "./support/person.ts";
import { refusedWith } from "./support/refused-with.ts";
import { testClients } from "./support/test-clients.ts";

for (const kind of ["access_token", "refresh_token"] as const) {
  test(`REV-02: revoking the ${kind} ends the session at once, everywhere`, async () => {
    const [person, api] = await Promise.all([newPerson(), discovered(testClients.api)]);
    const { television, tokens } = await deviceTokens(person);
    const { access_token, refresh_token = "" } = tokens;
    const before = await client.tokenIntrospection(api, access_token);
    assert.equal(before.active, true);

    // A wrong hint is a hint only: RFC 7009 §2.1.
    await client.tokenRevocation(television, tokens[kind] ?? "", {
      token_type_hint: kind === "access_token" ? "refresh_token" : "access_token",
    });

    assert.deepEqual(await client.tokenIntrospection(api, access_token), { active: false });
    await assert.rejects(client.fetchUserInfo(television, access_token, person.id), {
      code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
      status: 401,
    });
    await assert.rejects(
      client.refreshTokenGrant(television, refresh_token),
      refusedWith("invalid_grant"),
    );
  });
}

test("REV-01: revoking what is no token, or none any more, is as good as done", async () => {
  const { television, tokens } = await deviceTokens(await newPerson());
  await client.tokenRevocation(television, "no token");
  await client.tokenRevocation(television, tokens.access_token);
  await client.tokenRevocation(television, tokens.access_token);
});

test("REV-01: a client revokes nobody else's token", async () => {
  const person = await newPerson();
  const { television, tokens } = await deviceTokens(person);
  const other = await discovered(testClients.app);
  for (const token of [tokens.access_token, tokens.refresh_token ?? ""]) {
    await assert.rejects(client.tokenRevocation(other, token), refusedWith("invalid_grant"));
  }
  const info = await client.fetchUserInfo(television, tokens.access_token, person.id);
  assert.equal(info.sub, person.id);
});

test("a client's own token is revoked too", async () => {
  const api = await discovered(testClients.api);
  const { access_token } = await client.clientCredentialsGrant(api);
  assert.equal((await client.tokenIntrospection(api, access_token)).active, true);
  await client.tokenRevocation(api, access_token);
  assert.deepEqual(await client.tokenIntrospection(api, access_token), { active: false });
});
