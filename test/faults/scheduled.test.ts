import { beforeAll, describe } from "vitest";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { scheduled } from "./flows/scheduled.ts";
import { survives } from "./support/survives.ts";

beforeAll(registerOAuthClients);

describe("REL-01: the hourly round, while stores fail", () => {
  survives(scheduled, { status: "failed", says: null });
});
