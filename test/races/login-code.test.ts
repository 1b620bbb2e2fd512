import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { somebody } from "../support/people.ts";
import { only, startPostOffice } from "../support/post-office.ts";
import { tally } from "../support/tally.ts";
import { newTenant } from "../support/tenants.ts";

describe("a login code under 20 parallel uses", () => {
  it("makes one account and signs in once, then once into the same", async () => {
    const { tenantId, slug } = await newTenant();
    const service = startPostOffice();
    const { email } = somebody();

    for (let time = 0; time < 2; time++) {
      await service.ask(`/${slug}/api/v1/auth/send-code`, { body: { email } });
      const code = only(await service.deliver()).text.match(/^\d{6}$/m)?.[0];

      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          service.ask(`/${slug}/api/v1/auth/verify-code`, { body: { email, code } }),
        ),
      );

      // Who comes when it is spent has a wrong code, and the sixth of them has had too many.
      const {
        200: signedIn,
        401: wrong = 0,
        429: exhausted = 0,
      } = tally(answers.map(({ status }) => status));
      expect(signedIn).toBe(1);
      expect(wrong + exhausted).toBe(19);
      expect(await count("accounts", tenantId)).toBe(1);
      expect(await count("sessions", tenantId)).toBe(time + 1);
    }
  });
});

async function count(table: "accounts" | "sessions", tenantId: string): Promise<number> {
  const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?`)
    .bind(tenantId)
    .first<{ n: number }>();
  return row?.n ?? 0;
}
