import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../../src/core/tenant/tenant.ts";
import { createdKey } from "../../../support/api-keys.ts";
import { signedIn } from "../../../support/people.ts";
import { seen } from "../../../support/seen.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { refusal } from "../refusal.ts";
import {
  badFields,
  DONE,
  ok,
  rowsOf,
  TIME,
  UNAUTHENTICATED,
  WRONG_PASSWORD,
  weakFields,
} from "./rows-of.ts";

const NEW_PASSWORD = "quiet-heron-marsh";

let service: TestService;
const row = rowsOf(() => service);

beforeEach(() => {
  service = startService();
});

row("GET /api/user/profile", (ask) => {
  it("shows who asks, with null for what nobody said", async () => {
    const { accessToken: bearer, person } = await signedIn(service);

    expect(await ask({ bearer })).toEqual(
      ok({
        data: {
          id: "<account id>",
          email: person.email,
          display_name: "Robin Example",
          timezone: null,
          locale: null,
          avatar_url: null,
          organization_id: DEFAULT_TENANT_ID,
          roles: ["user"],
        },
      }),
    );
  });

  it("shows the id that a sign-in shows", async () => {
    const { accessToken: bearer, user } = await signedIn(service);

    const { body } = await service.ask("/api/user/profile", { method: "GET", bearer });

    expect(body).toMatchObject({ data: { id: user.id } });
  });

  it("refuses a small scope, and nobody in particular", async () => {
    const { accessToken } = await signedIn(service);
    const { key: bearer } = await createdKey(service, accessToken, { scopes: ["profile:write"] });

    expect(await ask({ bearer })).toEqual(
      refusal(403, "insufficient_scope", "This credential may not do that.", {
        headers: { "www-authenticate": 'Bearer error="insufficient_scope"' },
      }),
    );
    expect(await ask()).toEqual(UNAUTHENTICATED);
  });
});

row("PUT /api/user/profile", (ask) => {
  it("changes what is named", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    const body = { display_name: "Robin Other", timezone: "Europe/Vienna", locale: "de-AT" };

    expect(await ask({ bearer, body })).toEqual(
      ok({
        data: { id: "<account id>", email: person.email, ...body, updated_at: TIME },
      }),
    );
  });

  it("refuses what can be none, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: { display_name: 1, timezone: "Mars", locale: "" } })).toEqual(
      badFields({
        display_name: "must be a text",
        timezone: "must be an IANA time zone, such as Europe/Vienna",
        locale: "must not be empty",
      }),
    );
    expect(await ask({ body: {} })).toEqual(UNAUTHENTICATED);
  });
});

row("POST /api/user/password", (ask) => {
  it("changes the password and has nothing to show", async () => {
    const { accessToken: bearer, person } = await signedIn(service);

    expect(
      await ask({
        bearer,
        body: { current_password: person.password, new_password: NEW_PASSWORD },
      }),
    ).toEqual(DONE);
  });

  it("refuses a wrong password, the same again and a weak one", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    const { password: current_password } = person;

    expect(
      await ask({ bearer, body: { current_password: "wrong", new_password: "short" } }),
    ).toEqual(WRONG_PASSWORD);
    expect(
      await ask({ bearer, body: { current_password, new_password: current_password } }),
    ).toEqual(
      refusal(400, "weak_password", "The new password is the old one. Choose another.", {
        fields: { new_password: "must be another one than before" },
      }),
    );
    expect(await ask({ bearer, body: { current_password, new_password: "short" } })).toEqual(
      weakFields({ new_password: "must have at least 8 characters" }),
    );
  });

  it("refuses what is incomplete, and nobody in particular", async () => {
    const { accessToken: bearer } = await signedIn(service);

    expect(await ask({ bearer, body: {} })).toEqual(
      badFields({ current_password: "is required", new_password: "is required" }),
    );
    expect(await ask({ body: {} })).toEqual(UNAUTHENTICATED);
  });
});

describe("an account that has to change its password", () => {
  it("may see its profile and change its password, and is told so elsewhere", async () => {
    const { accessToken: bearer, person } = await signedIn(service);
    await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
      .bind(person.email)
      .run();
    const see = async (path: string) => seen(await service.ask(path, { method: "GET", bearer }));

    expect(await see("/api/user/profile")).toMatchObject({ status: 200 });
    expect(await see("/api/user/api-keys")).toEqual(
      refusal(403, "password_change_required", "Change the password first."),
    );
    await service.ask("/api/user/password", {
      bearer,
      body: { current_password: person.password, new_password: NEW_PASSWORD },
    });
    expect(await see("/api/user/api-keys")).toMatchObject({ status: 200 });
  });
});
