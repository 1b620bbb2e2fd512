import type { NewClient } from "../../../scripts/new-client.ts";

/** The API that tokens may be asked for. */
export const API = "https://api.example.test";

/** What its owner registers; the port is free (RFC 8252 §7.3). */
const CALLBACK = "http://127.0.0.1/callback";

const PERSON_SCOPES = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "profile:read",
  "profile:write",
];

const ADMIN_SCOPES = [
  "admin:accounts:read",
  "admin:accounts",
  "admin:keys",
  "admin:tenants",
  "admin:clients",
  "admin:audit",
] as const;

/** One client for each way to get tokens. Its public ones have no secret. */
export const testClients = {
  /** Signs in by device code. */
  television: {
    id: "live-tv",
    name: "Living Room",
    grants: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
    scopes: PERSON_SCOPES,
    redirectUris: [],
    resources: [API],
    isFirstParty: false,
    owner: "The testers",
    samePlace: null,
    secret: null,
  },
  /** Signs in by code, and has to ask for consent. */
  app: {
    id: "live-app",
    name: "Somebody's App",
    grants: ["authorization_code", "refresh_token"],
    scopes: PERSON_SCOPES,
    redirectUris: [CALLBACK],
    resources: [API],
    isFirstParty: false,
    owner: "The testers",
    samePlace: null,
    secret: null,
  },
  /** Signs in by code, and is ours. */
  ownApp: {
    id: "live-own-app",
    name: "Our App",
    grants: ["authorization_code", "refresh_token"],
    scopes: PERSON_SCOPES,
    redirectUris: [CALLBACK],
    resources: [API],
    isFirstParty: true,
    owner: "The testers",
    samePlace: null,
    secret: null,
  },
  /** Signs in by code, keeps a secret, and is ours. */
  site: {
    id: "live-site",
    name: "Our Site",
    grants: ["authorization_code", "refresh_token"],
    scopes: PERSON_SCOPES,
    redirectUris: [CALLBACK],
    resources: [],
    isFirstParty: true,
    owner: "The testers",
    samePlace: null,
    // What has to be encoded in a Basic header: RFC 6749 §2.3.1.
    secret: "a secret: 100% +/&=",
  },
  /** The API itself: it introspects what it is shown, and acts for itself. */
  api: {
    id: "live-api",
    name: "Example API",
    grants: ["client_credentials"],
    scopes: ["profile:read"],
    redirectUris: [],
    resources: [API],
    isFirstParty: false,
    owner: "The testers",
    samePlace: null,
    secret: "live-api-secret",
  },
  /** Administers by itself. */
  backOffice: {
    id: "live-back-office",
    name: "Back Office",
    grants: ["client_credentials"],
    scopes: ADMIN_SCOPES,
    redirectUris: [],
    resources: [],
    isFirstParty: false,
    owner: "The testers",
    samePlace: null,
    secret: "live-back-office-secret",
  },
  /** By which an operator signs in on a command line. */
  admin: {
    id: "latchkey-admin",
    name: "Admin command",
    grants: ["urn:ietf:params:oauth:grant-type:device_code"],
    scopes: ADMIN_SCOPES,
    redirectUris: [],
    resources: [],
    isFirstParty: true,
    owner: "The testers",
    samePlace: null,
    secret: null,
  },
} as const satisfies Record<string, NewClient>;
