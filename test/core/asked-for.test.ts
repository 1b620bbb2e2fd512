import { describe, expect, it } from "vitest";
import type { Client } from "../../src/core/client/client.ts";
import { allow, narrow, stillAllowed } from "../../src/core/oauth/asked-for.ts";
import { Refused } from "../../src/core/refused.ts";

const API = "https://api.example";
const client: Client = {
  id: "app",
  tenantId: "tenant",
  name: "App",
  owner: null,
  samePlace: null,
  isConfidential: false,
  isFirstParty: false,
  grants: [],
  scopes: ["openid", "email", "profile"],
  redirectUris: [],
  resources: [API, "https://other.example"],
};

describe("a client that asks", () => {
  it("is allowed what it is registered for, each once", () => {
    expect(allow(client, { scope: "email  openid email", resources: [API, API] })).toEqual({
      scopes: ["email", "openid"],
      resources: [API],
    });
  });

  it("for nothing in particular is allowed all of its scopes, for this service", () => {
    expect(allow(client, { scope: null, resources: [] })).toEqual({
      scopes: ["openid", "email", "profile"],
      resources: [],
    });
  });

  it.each([
    ["a scope it is not registered for", "openid admin", [], "scope_not_allowed"],
    ["a scope in another case", "OpenID", [], "scope_not_allowed"],
    ["an unknown resource", "openid", ["https://evil.example"], "resource_not_allowed"],
    ["a resource spelt otherwise", "openid", [`${API}/`], "resource_not_allowed"],
    ["a right resource beside a wrong one", null, [API, "x"], "resource_not_allowed"],
  ])("for %s is refused", (_, scope, resources, reason) => {
    expect(allow(client, { scope, resources })).toEqual(new Refused(reason as never));
  });
});

describe("a part of what was granted", () => {
  const granted = { scope: "openid email", audience: `${API} https://other.example` };

  it("is all of it where nothing is asked for", () => {
    expect(narrow(granted, { scope: null, resources: [] })).toEqual(granted);
  });

  it("may be less", () => {
    expect(narrow(granted, { scope: "email", resources: [API] })).toEqual({
      scope: "email",
      audience: API,
    });
  });

  it("is never more", () => {
    expect(narrow(granted, { scope: "email profile", resources: [] })).toEqual(
      new Refused("scope_not_allowed"),
    );
    expect(narrow(granted, { scope: null, resources: ["https://third.example"] })).toEqual(
      new Refused("resource_not_allowed"),
    );
    expect(narrow({ scope: "", audience: null }, { scope: null, resources: [API] })).toEqual(
      new Refused("resource_not_allowed"),
    );
  });
});

describe("what is left of a grant", () => {
  it("is what the client is still registered for", () => {
    const granted = { scope: "openid admin email", audience: `${API} https://gone.example` };
    expect(stillAllowed(client, granted)).toEqual({ scope: "openid email", audience: API });
  });

  it("is nothing where there was nothing: no scope, and this service", () => {
    expect(stillAllowed(client, { scope: "", audience: null })).toEqual({
      scope: "",
      audience: null,
    });
  });

  it("is refused where nothing is left of something", () => {
    expect(stillAllowed(client, { scope: "admin", audience: null })).toEqual(
      new Refused("scope_not_allowed"),
    );
    expect(stillAllowed(client, { scope: "email", audience: "https://gone.example" })).toEqual(
      new Refused("resource_not_allowed"),
    );
  });
});
