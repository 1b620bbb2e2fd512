import { describe, expect, it } from "vitest";
import type { Client } from "../../src/core/client/client.ts";
import { isRegisteredRedirect } from "../../src/core/oauth/redirect-uri.ts";

function registered(...redirectUris: string[]): Client {
  return {
    id: "app",
    tenantId: "tenant",
    name: "App",
    owner: null,
    samePlace: null,
    isConfidential: false,
    isFirstParty: false,
    grants: ["authorization_code"],
    scopes: [],
    redirectUris,
    resources: [],
  };
}

describe("TOK-10: a redirect URI is the client's own", () => {
  it.each([
    ["https://app.example/cb", "https://app.example/cb"],
    ["https://app.example/cb?keep=1", "https://app.example/cb?keep=1"],
    ["com.example.app:/cb", "com.example.app:/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:1/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:65535/cb"],
    ["http://127.0.0.1:4000/cb", "http://127.0.0.1:5000/cb"],
    ["http://[::1]/cb", "http://[::1]:52713/cb"],
    ["http://127.0.0.1", "http://127.0.0.1:8080"],
    ["http://localhost:4000/cb", "http://localhost:4000/cb"],
  ])("where %s is registered and %s is asked for", (own, asked) => {
    expect(isRegisteredRedirect(registered("https://other.example/", own), asked)).toBe(true);
  });
});

describe("TOK-10: a redirect URI is not the client's own", () => {
  it.each([
    ["https://app.example/cb", "https://app.example/CB"],
    ["https://app.example/cb", "https://app.example/cb/"],
    ["https://app.example/cb", "https://app.example:443/cb"],
    ["https://app.example/cb", "https://app.example:8443/cb"],
    ["https://app.example/cb", "https://app.example/cb?x=1"],
    ["https://app.example/cb", "https://app.example/x/../cb"],
    ["https://app.example/cb", "http://app.example/cb"],
    ["https://app.example/cb", "https://app.example/cb#"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:0/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:08080/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:65536/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:80:80/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.2:80/cb"],
    ["http://127.0.0.1/cb", "http://localhost:80/cb"],
    ["http://127.0.0.1/cb", "https://127.0.0.1:80/cb"],
    ["http://127.0.0.1/cb", "http://127.0.0.1:80/other"],
    ["http://[::1]/cb", "http://127.0.0.1/cb"],
    ["http://localhost:4000/cb", "http://localhost:5000/cb"],
    ["http://localhost/cb", "http://localhost:5000/cb"],
  ])("where %s is registered and %s is asked for", (own, asked) => {
    expect(isRegisteredRedirect(registered(own), asked)).toBe(false);
  });

  it("where none is registered", () => {
    expect(isRegisteredRedirect(registered(), "https://app.example/cb")).toBe(false);
  });
});
