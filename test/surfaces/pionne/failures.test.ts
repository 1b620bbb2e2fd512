import { describe, expect, it } from "vitest";
import { somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { coded } from "./answers.ts";

describe("what is not the client's fault", () => {
  it("is 503 with a time to come back when a store does not answer", async () => {
    const down = () => {
      throw new Error("the database at 10.0.0.1 is down");
    };
    const service = startService({ DB: { prepare: down, batch: down } });

    expect(seen(await service.ask("/api/auth/login", { body: somebody() }))).toEqual(
      coded(503, "unavailable", "Not possible right now. Try again in a moment.", {
        "retry-after": "2",
      }),
    );
  });

  it("is 500 without a word about the cause when something is broken", async () => {
    const { ports, ...service } = startService();
    const findForPassword = () => Promise.reject(new Error("a bug"));
    ports.accounts = { ...ports.accounts, findForPassword };

    expect(seen(await service.ask("/api/auth/login", { body: somebody() }))).toEqual(
      coded(500, "internal", "Something went wrong on our side."),
    );
  });
});
