import { HonoRequest } from "hono/request";
import { describe, expect, it } from "vitest";
import { clientAddress } from "../../src/http/client-address.ts";
import { requesterOf } from "../../src/http/requester.ts";

describe("what stands for a sender when requests are counted", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    [" 203.0.113.7 ", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:203.0.113.7", "203.0.113.7"],
    ["::ffff:cb00:7107", "203.0.113.7"],
    ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"],
    ["0000:0000:0000:0000:0000:FFFF:CB00:7107", "203.0.113.7"],
    ["::ffff:0.0.0.1", "0.0.0.1"],
  ])("an IPv4 address is itself: %s", (address, counted) => {
    expect(clientAddress(address)).toBe(counted);
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002:0003:0004:0005:0006", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:db8:1::6", "2001:db8:1:0::/64"],
    ["2001:db8::1:2:3:4:5", "2001:db8:0:1::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8:0:0::/64"],
    ["2001:0000:0000:0000:0000:0000:0000:0001", "2001:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["1::", "1:0:0:0::/64"],
    ["fe80::1:2:3:4", "fe80:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["FE80::1%25en0", "fe80:0:0:0::/64"],
    ["2001:db8:1:2%eth0", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::203.0.113.7", "2001:db8:1:2::/64"],
    ["::203.0.113.7", "0:0:0:0::/64"],
    ["::ffff:0:203.0.113.7", "0:0:0:0::/64"],
  ])("an IPv6 address is its first 64 bits: %s", (address, counted) => {
    expect(clientAddress(address)).toBe(counted);
  });

  it("everyone in one /64 is the same sender, however the address is spelled", () => {
    const neighbours = [
      "2001:db8:a:0:1:2:3:4",
      "2001:0DB8:000A:0000:ffff:ffff:ffff:ffff",
      "2001:db8:a::",
      "2001:db8:a::1",
      "2001:db8:a:0::9",
      "2001:db8:a:0:0:0:0:0",
      "2001:db8:a::%eth0",
      "2001:db8:a::203.0.113.7",
    ];
    expect(new Set(neighbours.map(clientAddress))).toEqual(new Set(["2001:db8:a:0::/64"]));
  });

  it("two /64 are two senders", () => {
    const senders = ["2001:db8:a::1", "2001:db8:a:1::1", "2001:db8:b::1", "2001:db9:a::1"];
    expect(new Set(senders.map(clientAddress)).size).toBe(4);
  });

  it.each([undefined, "", "  "])("no address at all is one sender: %j", (address) => {
    expect(clientAddress(address)).toBe("unknown");
  });
});

describe("who asks", () => {
  const requester = (headers: Record<string, string>) =>
    requesterOf(new HonoRequest(new Request("https://auth.example.test/", { headers })));

  it("is what the edge says, never what the sender says about itself", () => {
    const claimed = {
      "x-forwarded-for": "192.0.2.1",
      "x-real-ip": "192.0.2.1",
      "true-client-ip": "192.0.2.1",
      forwarded: "for=192.0.2.1",
      "cf-connecting-ipv6": "2001:db8::1",
      "client-ip": "192.0.2.1",
    };
    expect(requester({ ...claimed, "cf-connecting-ip": "203.0.113.7" }).address).toBe(
      "203.0.113.7",
    );
    expect(requester(claimed).address).toBe("unknown");
  });

  it("keeps no more than 400 characters of a user agent", () => {
    expect(requester({ "user-agent": "TV/1.0" }).userAgent).toBe("TV/1.0");
    expect(requester({ "user-agent": "x".repeat(5_000) }).userAgent).toBe("x".repeat(400));
  });

  it("is nobody in particular where nothing is known", () => {
    expect(requester({})).toEqual({
      address: "unknown",
      userAgent: null,
      city: null,
      country: null,
      network: null,
      language: "en",
    });
  });

  it("comes from the place and the network that the edge found", () => {
    const cf = { city: "Graz", country: "AT", asOrganization: "Example Net", colo: "VIE" };
    const request = new Request("https://auth.example.test/", { cf } as RequestInit);
    expect(requesterOf(new HonoRequest(request))).toMatchObject({
      city: "Graz",
      country: "AT",
      network: "Example Net",
    });
  });
});
