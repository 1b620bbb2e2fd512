import { describe, expect, it } from "vitest";
import { somebody } from "../../support/people.ts";
import { startService } from "../../support/service.ts";
import { refused, shown } from "./answers.ts";

function logIn(service: ReturnType<typeof startService>) {
  const { email: username, password } = somebody();
  return service.ask("/api/users/login", { body: { username, password } });
}

describe("what is not the client's fault", () => {
  it("is 503 with a time to come back when a store does not answer", async () => {
    const down = () => {
      throw new Error("the database at 10.0.0.1 is down");
    };

    expect(shown(await logIn(startService({ DB: { prepare: down, batch: down } })))).toEqual(
      refused(503, "Not possible right now. Try again in a moment", { "retry-after": "2" }),
    );
  });

  it("is 500 without a word about the cause when something is broken", async () => {
    const service = startService();
    const findForPassword = () => Promise.reject(new Error("a bug"));
    service.ports.accounts = { ...service.ports.accounts, findForPassword };

    expect(shown(await logIn(service))).toEqual(refused(500, "Something went wrong on our side"));
  });
});
