import { expect, it } from "vitest";
import { siteOf } from "../../src/core/throttle/site-of.ts";
import { stopClock } from "../support/clock.ts";
import { somebody } from "../support/people.ts";
import { randomAddress, startService } from "../support/service.ts";

it.each([
  ["2001:db8:a:1::/64", "2001:db8:a::/48"],
  ["2001:db8:a:ffff::/64", "2001:db8:a::/48"],
  ["2001:db8:0:1::/64", "2001:db8:0::/48"],
  ["0:0:0:0::/64", "0:0:0::/48"],
  ["203.0.113.7", null],
  ["unknown", null],
])("the site of %s is %s", (address, site) => {
  expect(siteOf(address)).toBe(site);
});

/** A fence that is asked for each key, and lets so many through. */
function fence(most = Number.POSITIVE_INFINITY) {
  const keys: string[] = [];
  const limit = async ({ key }: { key: string }) => ({ success: keys.push(key) <= most });
  return { keys, binding: { limit } };
}

it("the outer fence of credentials is asked for the /48 too, and nothing more of an IPv4 sender", async () => {
  const [senders, sites] = [fence(), fence(2)];
  const service = startService({
    CREDENTIAL_FENCE: senders.binding,
    CREDENTIAL_SITE_FENCE: sites.binding,
  });
  const statuses: number[] = [];

  for (const address of ["203.0.113.7", "2001:db8:a:1::1", "2001:db8:b:1::1", "2001:db8:a:2::1"]) {
    statuses.push((await service.ask("/api/login", { body: somebody(), address })).status);
  }

  expect(statuses).toEqual([401, 401, 401, 429]);
  expect(senders.keys).toHaveLength(4);
  expect(sites.keys).toEqual(["2001:db8:a::/48", "2001:db8:b::/48", "2001:db8:a::/48"]);
});

it("DEV-08: of wrong user codes, forty from one /48 are looked at, whichever /64 and account they are of", async () => {
  stopClock();
  const { userCodes } = startService().ports;
  const tenantId = crypto.randomUUID();
  const guess = (address: string) =>
    userCodes.describe({
      tenantId,
      userCode: "ZZZZ-ZZZB",
      accountId: crypto.randomUUID(),
      address,
    });

  for (let number = 0; number < 40; number++) {
    expect(await guess(`2001:db8:a:${number}::/64`)).toEqual({ is: "unknown" });
  }

  expect(await guess("2001:db8:a:ffff::/64")).toEqual({
    is: "throttled",
    retryAfterSeconds: 900,
    limit: 40,
  });
  expect(await guess("2001:db8:b:1::/64")).toEqual({ is: "unknown" });
  expect(await guess(randomAddress())).toEqual({ is: "unknown" });
});
