import { HonoRequest } from "hono/request";
import { describe, expect, it, vi } from "vitest";
import { requesterOf } from "../../src/http/requester.ts";

const headers = {
  "cf-connecting-ip": "203.0.113.7",
  "user-agent": "Otter/1.0",
  "accept-language": "de",
};
const WHO = {
  address: "203.0.113.7",
  userAgent: "Otter/1.0",
  city: "Graz",
  country: "AT",
  network: "Otter Net",
  language: "de",
};

function asked() {
  const raw = new Request("https://auth.example.com/", { headers });
  const edge = vi.fn(() => ({ city: "Graz", country: "AT", asOrganization: "Otter Net" }));
  Object.defineProperty(raw, "cf", { get: edge });
  return { edge, raw, requester: requesterOf(new HonoRequest(raw)) };
}

describe("who asks", () => {
  it.each([
    ["a copy", (requester: object) => ({ ...requester })],
    ["a call to an object", (requester: object) => structuredClone(requester)],
    ["JSON", (requester: object) => JSON.parse(JSON.stringify(requester))],
  ])("is plain data in %s", (_, kept) => {
    const { requester } = asked();

    const data = kept(requester);

    expect(Object.getOwnPropertyDescriptors(data)).toEqual(Object.getOwnPropertyDescriptors(WHO));
  });

  it("is counted by the address alone", () => {
    const { edge, raw, requester } = asked();
    const header = vi.spyOn(raw.headers, "get");

    expect(requester.address).toBe("203.0.113.7");
    expect(edge).not.toHaveBeenCalled();
    expect(header).not.toHaveBeenCalled();

    expect(requester.city).toBe("Graz");
    expect(edge).toHaveBeenCalledOnce();
  });

  it("is nobody in particular where nothing is said", () => {
    expect({ ...requesterOf(new HonoRequest(new Request("https://auth.example.com/"))) }).toEqual({
      address: "unknown",
      userAgent: null,
      city: null,
      country: null,
      network: null,
      language: "en",
    });
  });
});
