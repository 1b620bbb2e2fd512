import { describe, expect, it } from "vitest";
import { holdAgainstReference } from "../support/hold-against-reference.ts";

const asked = (
  body: object = { email: "ada@example.test", password: "a password" },
  path = "/api/login",
) =>
  new Request(`http://localhost:8787${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const challenge = { mfaRequired: true, mfaToken: "plnx_mfa_x" };
const refusal = (code: string) => ({ error: { code, message: "No." } });

/** Every test that asks the service asks this too: here is seen that it can say no. */
describe("an answer that is held against the reference", () => {
  it("passes as it is documented", async () => {
    await holdAgainstReference(asked(), Response.json(challenge));
    await holdAgainstReference(
      asked(),
      Response.json(refusal("invalid_credentials"), { status: 401 }),
    );
  });

  it.each([
    ["a field less", { mfaRequired: true }, 200],
    ["a field more", { ...challenge, hint: "" }, 200],
    ["another type", { ...challenge, mfaToken: 7 }, 200],
    ["another status", challenge, 202],
    ["a code of another operation", refusal("invalid_user_code"), 401],
    ["the envelope of another contract", { message: "No." }, 401],
  ])("fails for %s", async (_, body, status) => {
    await expect(holdAgainstReference(asked(), Response.json(body, { status }))).rejects.toThrow(
      /^The API reference is wrong: POST \/api\/login answered/,
    );
  });

  it("fails for another type of content, and for no body", async () => {
    const html = new Response("<p>", { headers: { "content-type": "text/html" } });

    await expect(holdAgainstReference(asked(), html)).rejects.toThrow("text/html");
    await expect(holdAgainstReference(asked(), new Response(null))).rejects.toThrow("no body");
  });

  it("fails where a request was taken that has neither of two fields", async () => {
    const path = "/api/v1/auth/me/set-initial-password";
    const taken = (body: object) =>
      holdAgainstReference(asked(body, path), new Response(null, { status: 204 }));

    await taken({ password: "a password" });
    await taken({ new_password: "a password" });
    await expect(taken({})).rejects.toThrow("took a request");
  });

  it("measures a password as it is read", async () => {
    const path = "/api/v1/auth/me/set-initial-password";
    const taken = (password: string) =>
      holdAgainstReference(asked({ password }, path), new Response(null, { status: 204 }));

    // In NFKC it has eighteen characters.
    await taken("\ufdfa");
    await expect(taken("shorter")).rejects.toThrow("took a request");
  });

  it("fails where a request was taken that is not documented", async () => {
    const taken = Response.json(challenge);

    await expect(holdAgainstReference(asked({ email: "x@y.test" }), taken)).rejects.toThrow(
      "took a request",
    );
  });
});
