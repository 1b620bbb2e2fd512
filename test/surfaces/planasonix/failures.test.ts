import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

describe("what is not the client's fault", () => {
  it("is 503 with a time to come back when a store does not answer", async () => {
    const down = () => {
      throw new Error("the database at 10.0.0.1 is down");
    };
    const service = startService({ DB: { prepare: down, batch: down } });

    expect(seen(await service.ask("/api/login", { body: somebody() }))).toEqual(
      refusal(503, "unavailable", "Not possible right now. Try again in a moment.", {
        headers: { "retry-after": "2" },
      }),
    );
  });

  it("is 500 without a word about the cause when something is broken", async () => {
    const person = (await signedIn(startService())).person;
    await env.DB.exec("UPDATE signing_keys SET public_jwk = 'no longer JSON'");

    expect(seen(await startService().ask("/api/login", { body: person }))).toEqual(
      refusal(500, "internal", "Something went wrong on our side."),
    );
  });
});
