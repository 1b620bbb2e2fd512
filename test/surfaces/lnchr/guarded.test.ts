import { describe, expect, it } from "vitest";
import { ADMINS_ONLY, BAD_TOKEN, NO_TOKEN, NOT_THIS_CREDENTIAL, seen } from "./answers.ts";
import { alter, BASES, codeMember, serviceKey, superadmin } from "./launcher.ts";

const GUARDED = [
  "GET /api/v1/auth/me",
  "PUT /api/v1/auth/me",
  "PUT /api/v1/auth/me/password",
  "POST /api/v1/auth/me/set-initial-password",
  "GET /api/v1/settings/service-keys",
  "POST /api/v1/settings/service-keys",
  "DELETE /api/v1/settings/service-keys/:id",
];
const ADMINISTRATIVE = GUARDED.filter((endpoint) => endpoint.includes("/settings/"));

describe.each(GUARDED)("%s", (row) => {
  const endpoint = row.replace("/api/v1", "");

  it("refuses who brings no token, a bad one, a key, or another tenant's", async () => {
    const [here, elsewhere] = [await BASES[0].open(), await BASES[1].open()];
    const { token } = await superadmin(elsewhere);
    const { key } = await serviceKey(elsewhere, token);

    for (const launcher of [here, elsewhere]) {
      expect(seen(await launcher.ask(endpoint))).toEqual(NO_TOKEN);
      expect(seen(await launcher.ask(endpoint, { bearer: "nonsense" }))).toEqual(BAD_TOKEN);
    }
    expect(seen(await here.ask(endpoint, { bearer: token }))).toEqual(BAD_TOKEN);
    const withKey = { headers: { "x-lnchr-key": key } };
    expect(seen(await here.ask(endpoint, withKey))).toEqual(BAD_TOKEN);
    expect(seen(await elsewhere.ask(endpoint, withKey))).toEqual(NOT_THIS_CREDENTIAL);
  });
});

describe.each(ADMINISTRATIVE)("%s", (row) => {
  const endpoint = row.replace("/api/v1", "");

  it("is for administrators alone", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer, userId } = await codeMember(launcher);
    const body = endpoint.startsWith("POST") ? { name: "Deploys" } : undefined;
    const status = async () => (await launcher.ask(endpoint, { bearer, body })).status;

    expect(seen(await launcher.ask(endpoint, { bearer, body }))).toEqual(ADMINS_ONLY);
    await alter(userId, { role: "admin" });
    expect([200, 201, 404]).toContain(await status());
  });

  it("SES-02: is closed to the same token as soon as a role is taken away: no session carries it", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer, userId } = await codeMember(launcher);
    const body = endpoint.startsWith("POST") ? { name: "Deploys" } : undefined;

    await alter(userId, { role: "admin" });
    const as = await launcher.ask(endpoint, { bearer, body });
    await alter(userId, { role: "user" });

    expect([200, 201, 404]).toContain(as.status);
    expect(seen(await launcher.ask(endpoint, { bearer, body }))).toEqual(ADMINS_ONLY);
  });
});
