import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { durableUserCodes } from "../../src/storage/durable/code-entry.ts";

it("DEV-08: wrong user codes of all together close the door of their tenant, whoever enters them, and of no other", async () => {
  const codes = durableUserCodes(env.CODE_ENTRY, { wrongUserCodes: 5, wrongUserCodesOfAll: 3 });
  const [tenantId, another] = [crypto.randomUUID(), crypto.randomUUID()];
  const guess = (tenant: string, place: number) =>
    codes.describe({
      ...{ tenantId: tenant, userCode: "ZZZZ-ZZZB" },
      ...{ accountId: crypto.randomUUID(), address: `198.51.100.${place}` },
    });

  for (const place of [1, 2, 3]) {
    expect(await guess(tenantId, place)).toEqual({ is: "unknown" });
  }

  expect(await guess(tenantId, 4)).toMatchObject({ is: "throttled", limit: 3 });
  expect(await guess(another, 4)).toEqual({ is: "unknown" });
});
