import { beforeAll, describe } from "vitest";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { oauth } from "./flows/oauth.ts";
import { survives } from "./support/survives.ts";

beforeAll(registerOAuthClients);

describe("REL-01: OAuth, while stores fail", () => {
  survives(oauth, {
    status: 503,
    says: {
      body: {
        error: "temporarily_unavailable",
        error_description: "Not possible right now. Try again in a moment.",
      },
      location: null,
      cookies: [],
    },
  });
});
