import { describe, expect, it } from "vitest";
import { alterAccount } from "../../support/alter-account.ts";
import { registered } from "../../support/people.ts";
import { refused, shown } from "./answers.ts";
import { startPlanpoint } from "./planpoint.ts";

const { service, ask, administrator, impersonate } = startPlanpoint();

describe("what no row is for", () => {
  it("is refused in this contract's words", async () => {
    expect(shown(await ask("GET /nothing"))).toEqual(refused(404, "There is nothing here"));
    expect(
      shown(await ask("POST /login", { body: "a=b", headers: { "content-type": "text/plain" } })),
    ).toEqual(refused(415, "Send JSON with Content-Type: application/json"));
    expect(shown(await ask("POST /login", { body: { username: "x".repeat(70_000) } }))).toEqual(
      refused(413, "The request body is too large"),
    );
  });

  it("is what an account may not do before it changes its password", async () => {
    const { person, bearer } = await administrator();
    const { email } = await registered(service);
    await alterAccount(person, { mustResetPassword: true });

    expect(shown(await impersonate(email, { bearer }))).toEqual(
      refused(403, "Change your password first"),
    );
    expect((await ask("GET /me", { bearer })).status).toBe(200);
  });
});
