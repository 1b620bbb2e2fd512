import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";
import { newTenant } from "../support/tenants.ts";

const ROUNDS = 10;

describe("20 parallel first registrations", () => {
  it(`make one superadmin, and the rest are refused, ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { tenantId, slug } = await newTenant();
      const service = startService();

      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          service.ask<{ data: { user: { id: string } } }>(`/${slug}/api/v1/auth/register`, {
            body: { ...somebody(), first_name: "Robin", last_name: "Example" },
          }),
        ),
      );

      expect(tally(answers.map(({ status }) => status))).toEqual({ 201: 1, 409: 19 });
      const winner = answers.find(({ status }) => status === 201);
      const { results } = await env.DB.prepare("SELECT id, role FROM accounts WHERE tenant_id = ?")
        .bind(tenantId)
        .all();
      expect(results).toEqual([{ id: winner?.body.data.user.id, role: "superadmin" }]);
    }
  });
});
