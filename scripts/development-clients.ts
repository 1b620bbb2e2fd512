import type { ClientGrant } from "../src/core/client/client.ts";
import type { NewClient } from "./new-client.ts";

const deviceGrants: readonly ClientGrant[] = [
  "urn:ietf:params:oauth:grant-type:device_code",
  "refresh_token",
];

const personScopes: readonly string[] = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "profile:read",
  "profile:write",
];

/** The API that examples/ serves. */
const resources = ["https://api.example.test"];

const usual = {
  redirectUris: [],
  resources,
  isFirstParty: false,
  owner: "Latchkey Examples",
  samePlace: null,
  secret: null,
};

/**
 * The clients that development starts with, one for each way to sign in. A secret here stands in clear,
 * as it protects nothing but a local database.
 */
export const developmentClients: readonly NewClient[] = [
  {
    ...usual,
    id: "demo-cli",
    name: "Demo CLI",
    grants: deviceGrants,
    scopes: personScopes,
  },
  {
    ...usual,
    id: "demo-tv",
    name: "Demo TV",
    grants: deviceGrants,
    scopes: personScopes,
  },
  {
    ...usual,
    id: "demo-web",
    name: "Demo Web",
    grants: ["authorization_code", "refresh_token"],
    scopes: personScopes,
    // The port of a loopback redirect is free: RFC 8252 §7.3.
    redirectUris: ["http://127.0.0.1/callback"],
    isFirstParty: true,
  },
  {
    ...usual,
    id: "demo-api",
    name: "Demo API",
    grants: ["client_credentials"],
    scopes: ["profile:read"],
    secret: "demo-api-secret",
  },
];
