import { expect, it } from "vitest";
import { somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";

it("the fence is asked for the /64 of an IPv6 sender, so that one household is one", async () => {
  const keys: string[] = [];
  const limit = async ({ key }: { key: string }) => {
    keys.push(key);
    return { success: true };
  };
  const service = startService({ CREDENTIAL_FENCE: { limit } });

  for (const address of ["2001:db8:a:1::1", "2001:DB8:A:1:ffff::2", "2001:db8:a:2::1"]) {
    await service.ask("/api/login", { body: somebody(), address });
  }

  expect(keys).toEqual(["2001:db8:a:1::/64", "2001:db8:a:1::/64", "2001:db8:a:2::/64"]);
});
