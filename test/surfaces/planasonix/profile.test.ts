import { describe, expect, it } from "vitest";
import { createdKey } from "../../support/api-keys.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { countCalls } from "../../support/count-calls.ts";
import { mailTo, VERIFY } from "../../support/mail.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

const service = startService();

interface ProfileBody {
  data: Record<string, unknown>;
}

async function someone() {
  const { accessToken: bearer, person } = await signedIn(service);
  return {
    bearer,
    person,
    read: async () =>
      (await service.ask<ProfileBody>("/api/user/profile", { method: "GET", bearer })).body.data,
    write: (body: unknown) =>
      service.ask<ProfileBody>("/api/user/profile", { method: "PUT", bearer, body }),
  };
}

describe("PUT /api/user/profile", () => {
  it("leaves what is not named as it was", async () => {
    const { read, write } = await someone();
    await write({ timezone: "Europe/Vienna" });
    await write({ locale: "de-AT" });
    await write({ display_name: "Robin Other" });

    expect(await read()).toMatchObject({
      display_name: "Robin Other",
      timezone: "Europe/Vienna",
      locale: "de-AT",
    });
  });

  it("keeps both of two changes that are made at once", async () => {
    const { read, write } = await someone();

    await Promise.all([write({ timezone: "Asia/Tokyo" }), write({ locale: "ja" })]);

    expect(await read()).toMatchObject({ timezone: "Asia/Tokyo", locale: "ja" });
  });

  it("writes nothing where nothing is named, or nothing that people may set", async () => {
    const { read, write, person } = await someone();
    await mailTo(service, person.email, VERIFY);
    const before = await read();
    const role = { email: "other@example.test", roles: ["admin"], id: "usr_0", avatar_url: "x" };

    for (const body of [{}, role]) {
      let status = 0;
      const { d1 } = await countCalls(async () => {
        status = (await write(body)).status;
      });
      expect({ status, d1 }).toEqual({ status: 200, d1: 1 });
    }
    expect(await read()).toEqual(before);
  });

  it("says when it was changed", async () => {
    stopClock();
    const { write } = await someone();
    const begun = new Date().toISOString().replace(/\.\d+Z/, "Z");
    passSeconds(60);
    const changed = new Date().toISOString().replace(/\.\d+Z/, "Z");

    expect((await write({})).body.data).toMatchObject({ updated_at: begun });
    expect((await write({ locale: "de" })).body.data).toMatchObject({ updated_at: changed });
    passSeconds(60);
    expect((await write({})).body.data).toMatchObject({ updated_at: changed });
  });

  it("is what a sign-in shows from then on", async () => {
    const { write, person } = await someone();
    await write({ display_name: "  Robin  " });

    expect((await signedIn(service, person)).user.name).toBe("Robin");
  });

  it.each(["Europe/Vienna", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"])(
    "takes the time zone %s",
    async (timezone) => {
      const { write } = await someone();
      expect((await write({ timezone })).body.data).toMatchObject({ timezone });
    },
  );

  it.each([
    ["de-AT", "de-AT"],
    ["de-at", "de-AT"],
    ["ZH-hant-tw", "zh-Hant-TW"],
  ])("takes the locale %s as %s", async (locale, canonical) => {
    const { write } = await someone();
    expect((await write({ locale })).body.data).toMatchObject({ locale: canonical });
  });
});

describe("a profile that can be none", () => {
  const elsewhere = startService();
  const ZONE = "must be an IANA time zone, such as Europe/Vienna";
  const TAG = "must be a BCP 47 language tag, such as de-AT";
  const bearer = signedIn(elsewhere).then(({ accessToken }) => accessToken);

  it.each([
    [{ timezone: "Europe/Atlantis" }, { timezone: ZONE }],
    [{ timezone: "+01:00" }, { timezone: ZONE }],
    [{ timezone: "" }, { timezone: "must not be empty" }],
    [{ timezone: null }, { timezone: "must be a text" }],
    [{ locale: "de_AT" }, { locale: TAG }],
    [{ locale: "no locale" }, { locale: TAG }],
    [{ locale: ["de"] }, { locale: "must be a text" }],
    [{ display_name: " " }, { display_name: "must not be empty" }],
    [{ display_name: "Robin\nExample" }, { display_name: "must not contain control characters" }],
    [{ display_name: null }, { display_name: "must be a text" }],
  ])("is refused: %j", async (body, fields) => {
    const answer = await elsewhere.ask("/api/user/profile", {
      method: "PUT",
      bearer: await bearer,
      body,
    });

    expect(seen(answer)).toEqual(
      refusal(400, "validation_error", "The request is not valid.", { fields }),
    );
  });
});

it("a key with profile:write alone changes the profile and is shown what it changed", async () => {
  const { bearer } = await someone();
  const { key } = await createdKey(service, bearer, { scopes: ["profile:write"] });

  const { status, body } = await service.ask<ProfileBody>("/api/user/profile", {
    method: "PUT",
    bearer: key,
    body: { timezone: "Europe/Vienna" },
  });

  expect([status, body.data["timezone"]]).toEqual([200, "Europe/Vienna"]);
});
