import { describe, expect, it } from "vitest";
import { somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { BASES } from "./credebl.ts";

const JSON_ANSWER = { "cache-control": "no-store", "content-type": "application/json" };

describe.each(BASES)("under %s, what is not the client's fault", (base) => {
  it("is 503 with a time to come back when a store does not answer", async () => {
    const down = () => {
      throw new Error("the database at 10.0.0.1 is down");
    };
    const service = startService({ DB: { prepare: down, batch: down } });

    expect(seen(await service.ask(`${base}/signin`, { body: somebody() }))).toEqual({
      status: 503,
      headers: { ...JSON_ANSWER, "retry-after": "2" },
      body: {
        statusCode: 503,
        message: "Not possible right now, try again in a moment",
        error: "Service Unavailable",
      },
    });
  });

  it("is 500 without a word about the cause when something is broken", async () => {
    const { ports, ...service } = startService();
    const findForPassword = () => Promise.reject(new Error("a bug"));
    ports.accounts = { ...ports.accounts, findForPassword };

    expect(seen(await service.ask(`${base}/signin`, { body: somebody() }))).toEqual({
      status: 500,
      headers: JSON_ANSWER,
      body: {
        statusCode: 500,
        message: "Something went wrong on our side",
        error: "Internal Server Error",
      },
    });
  });
});
