import { describe, expect, it } from "vitest";
import { mailTo } from "../../support/mail.ts";
import { somebody } from "../../support/people.ts";
import { startService } from "../../support/service.ts";
import { newTenant } from "../../support/tenants.ts";

describe("POST /api/v1/auth/verify-code", () => {
  it("leaves the tenant its service keys, whoever made them and proves the address by it", async () => {
    const service = startService();
    const { slug } = await newTenant();
    const at = (path: string) => `/${slug}/api/v1${path}`;
    const { email, password } = somebody();
    const names = { first_name: "Robin", last_name: "Example" };
    const setUp = await service.ask<{ data: { token: string } }>(at("/auth/register"), {
      body: { email, password, ...names },
    });
    const { token } = setUp.body.data;
    await service.ask(at("/settings/service-keys"), { bearer: token, body: { name: "billing" } });

    await service.ask(at("/auth/send-code"), { body: { email } });
    const { text } = await mailTo(service, email, /code to sign in/i);
    const code = text.match(/\b\d{6}\b/)?.[0];
    const entered = await service.ask<{ data: { token: string } }>(at("/auth/verify-code"), {
      body: { email, code },
    });

    const { body } = await service.ask<{ data: { name: string }[] }>(at("/settings/service-keys"), {
      method: "GET",
      bearer: entered.body.data.token,
    });
    expect(body.data.map(({ name }) => name)).toEqual(["billing"]);
  });
});
