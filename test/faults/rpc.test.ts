import { beforeAll, describe } from "vitest";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { rpc } from "./flows/rpc.ts";
import { survives } from "./support/survives.ts";

beforeAll(registerOAuthClients);

describe("REL-01: calls of other Workers, while stores fail", () => {
  survives(rpc, {
    status: "rejected",
    says: "Latchkey cannot answer now. Answer 503 and let nobody in.",
  });
});
