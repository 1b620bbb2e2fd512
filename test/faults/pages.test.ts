import { beforeAll, describe } from "vitest";
import { registerClients } from "../support/clients.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { pages } from "./flows/pages.ts";
import { pageUnavailable } from "./support/page-unavailable.ts";
import { survives } from "./support/survives.ts";

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

describe("REL-01: pages, while stores fail", () => {
  survives(pages, pageUnavailable);
});
