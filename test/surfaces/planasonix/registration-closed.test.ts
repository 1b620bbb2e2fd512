import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { type Person, registered, signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

const service = startService();
let member: Person;

beforeAll(async () => {
  member = await registered(service);
  await env.DB.exec("UPDATE tenants SET self_registration = 0");
});

describe("a workspace with self-registration off", () => {
  it("refuses everybody alike: known, unknown or with a weak password", async () => {
    const weak = { ...somebody(), password: "password" };

    for (const person of [member, somebody(), weak]) {
      expect(seen(await service.ask("/api/register", { body: person }))).toEqual(
        refusal(
          403,
          "registration_disabled",
          "Self-registration is turned off. Ask an administrator for an account.",
        ),
      );
    }
  });

  it("makes no account", async () => {
    const person = somebody();
    await service.ask("/api/register", { body: person });

    expect((await service.ask("/api/login", { body: person })).status).toBe(401);
  });

  it("still signs its members in", async () => {
    expect((await signedIn(service, member)).user.email).toBe(member.email);
  });
});
