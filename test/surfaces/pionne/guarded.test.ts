import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../../support/clients.ts";
import { seen } from "../../support/seen.ts";
import { BAD_BEARER, coded, NO_BEARER } from "./answers.ts";
import { startPionne } from "./pionne.ts";

const { ask, registered, tokenOfDevice } = startPionne();

beforeAll(registerClients);

describe("a row that needs a token", () => {
  const ROWS = [
    "GET /me",
    "GET /tokens",
    "DELETE /tokens/1",
    "DELETE /tokens",
    "POST /totp/enable",
    "POST /totp/confirm",
    "POST /totp/disable",
    "POST /totp/recovery-codes",
  ];

  it.each(ROWS)("refuses who sends none, or a bad one: %s", async (endpoint) => {
    expect(seen(await ask(endpoint))).toEqual(NO_BEARER);
    expect(seen(await ask(endpoint, { bearer: "1|x" }))).toEqual(BAD_BEARER);
    expect(seen(await ask(endpoint, { headers: { authorization: "Basic x" } }))).toEqual(
      BAD_BEARER,
    );
  });

  it.each(ROWS.slice(1))("refuses a device: %s", async (endpoint) => {
    const { person } = await registered();
    const bearer = await tokenOfDevice(person);

    expect(seen(await ask(endpoint, { bearer }))).toEqual(
      coded(403, "insufficient_scope", "This token may not do that.", {
        "www-authenticate": 'Bearer error="insufficient_scope"',
      }),
    );
  });

  it("lets who must change their password look at the account only", async () => {
    const { person, token: bearer } = await registered();
    await env.DB.prepare("UPDATE accounts SET must_reset_password = 1 WHERE email = ?")
      .bind(person.email)
      .run();

    expect((await ask("GET /me", { bearer })).status).toBe(200);
    expect(seen(await ask("GET /tokens", { bearer }))).toEqual(
      coded(403, "password_change_required", "Change your password first."),
    );
  });
});

describe("what no row is for", () => {
  it("is refused in this contract's words", async () => {
    expect(seen(await ask("GET /nothing"))).toEqual(
      coded(404, "not_found", "There is nothing here."),
    );
    expect(seen(await ask("GET /login"))).toEqual(
      coded(405, "method_not_allowed", "This path does not take that method.", { allow: "POST" }),
    );
    expect(
      seen(await ask("POST /login", { body: "a=b", headers: { "content-type": "text/plain" } })),
    ).toEqual(
      coded(415, "unsupported_media_type", "Send JSON with Content-Type: application/json."),
    );
    expect(seen(await ask("POST /login", { body: { email: "x".repeat(70_000) } }))).toEqual(
      coded(413, "body_too_large", "The request body is too large."),
    );
  });
});
