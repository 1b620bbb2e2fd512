import { describe, expect, it } from "vitest";
import {
  A_TIME,
  AN_ID,
  BAD_TOKEN,
  invalid,
  NO_CONTENT,
  refusal,
  seen,
  success,
} from "./answers.ts";
import { BASES, serviceKey, superadmin } from "./launcher.ts";

describe("GET /api/v1/settings/service-keys", () => {
  it.each(BASES)("lists under $base the tenant's keys without their secrets", async ({ open }) => {
    const launcher = await open();
    const { token: bearer } = await superadmin(launcher);
    const list = async () => seen(await launcher.ask("GET /settings/service-keys", { bearer }));
    expect(await list()).toEqual(success(200, []));

    const { key, ...shown } = await serviceKey(launcher, bearer);

    expect(await list()).toEqual(success(200, [shown]));
  });
});

describe("POST /api/v1/settings/service-keys", () => {
  it.each(BASES)("makes a key under $base and shows it once", async ({ open }) => {
    const launcher = await open();
    const { token: bearer } = await superadmin(launcher);
    const body = { name: "Deploys", expires_at: "2999-12-31T23:59:59+02:00" };

    const answer = await launcher.ask("POST /settings/service-keys", { bearer, body });

    expect(seen(answer)).toEqual(
      success(201, {
        id: AN_ID,
        name: "Deploys",
        key_prefix: answer.body.data.key.slice(0, 13),
        key: expect.stringMatching(/^lnchr_sk_[0-9A-Za-z]{38}$/),
        created_at: A_TIME,
        expires_at: "2999-12-31T21:59:59Z",
        last_used_at: null,
      }),
    );
  });

  it("makes one that never expires where no time is named", async () => {
    const launcher = await BASES[1].open();
    const { token } = await superadmin(launcher);

    expect(await serviceKey(launcher, token)).toMatchObject({ expires_at: null });
    expect(await serviceKey(launcher, token, { expires_at: null })).toMatchObject({
      expires_at: null,
    });
  });

  it("refuses a bad date, a past one and a key without a name", async () => {
    const launcher = await BASES[1].open();
    const { token: bearer } = await superadmin(launcher);
    const create = async (body: object) =>
      seen(await launcher.ask("POST /settings/service-keys", { bearer, body }));
    const bad = invalid("expires_at must be an RFC 3339 time");

    for (const expires_at of ["soon", "2999-12-31", "2999-02-30T00:00:00Z", 7]) {
      expect(await create({ name: "Deploys", expires_at })).toEqual(bad);
    }
    expect(await create({ name: "Deploys", expires_at: "2001-01-01T00:00:00Z" })).toEqual(
      invalid("expires_at must be in the future"),
    );
    expect(await create({})).toEqual(invalid("name is required"));
  });
});

describe("DELETE /api/v1/settings/service-keys/:id", () => {
  const UNKNOWN = refusal(404, "NOT_FOUND", "There is no such service key.");

  it.each(BASES)("deletes a key under $base at once", async ({ open }) => {
    const launcher = await open();
    const { token: bearer } = await superadmin(launcher);
    const { id, key } = await serviceKey(launcher, bearer);
    const headers = { "x-lnchr-key": key };
    const remove = async () =>
      seen(await launcher.ask(`DELETE /settings/service-keys/${id}`, { bearer }));

    expect(await remove()).toEqual(NO_CONTENT);

    expect(seen(await launcher.ask("GET /auth/me", { headers }))).toEqual(BAD_TOKEN);
    expect(await remove()).toEqual(UNKNOWN);
  });

  it("knows no key of another tenant, and nothing that is no id", async () => {
    const [here, elsewhere] = [await BASES[1].open(), await BASES[1].open()];
    const { token: bearer } = await superadmin(here);
    const { id } = await serviceKey(elsewhere, (await superadmin(elsewhere)).token);

    for (const unknown of [id, "nothing", "%00"]) {
      const answer = await here.ask(`DELETE /settings/service-keys/${unknown}`, { bearer });
      expect(seen(answer)).toEqual(UNKNOWN);
    }
  });
});
