import { beforeEach, expect, it } from "vitest";
import { mailedToken, RESET, VERIFY } from "../../../support/mail.ts";
import { registered, somebody } from "../../../support/people.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { refusal } from "../refusal.ts";
import { badFields, rowsOf, success, weakFields } from "./rows-of.ts";

const NEW_PASSWORD = "quiet-heron-marsh";
const DEAD_LINK = refusal(
  400,
  "invalid_token",
  "The link is not valid any more. Ask for a new one.",
);

let service: TestService;
const row = rowsOf(() => service);

beforeEach(() => {
  service = startService();
});

row("POST /api/register", (ask) => {
  const SENT = success("Check your inbox to confirm your e-mail address.", 201);

  it("answers a free address and a taken one alike", async () => {
    const person = somebody();

    expect(await ask({ body: person })).toEqual(SENT);
    expect(await ask({ body: person })).toEqual(SENT);
  });

  it("refuses a weak password, and what is incomplete", async () => {
    expect(await ask({ body: { ...somebody(), password: "short" } })).toEqual(
      weakFields({ password: "must have at least 8 characters" }),
    );
    expect(await ask({ body: {} })).toEqual(
      badFields({ email: "is required", password: "is required", name: "is required" }),
    );
  });
});

row("POST /api/forgot-password", (ask) => {
  const SENT = success(
    "If that address has an account, a link to set a new password is on its way.",
  );

  it("answers a known address and an unknown one alike", async () => {
    const { email } = await registered(service);

    expect(await ask({ body: { email } })).toEqual(SENT);
    expect(await ask({ body: { email: somebody().email } })).toEqual(SENT);
  });

  it("refuses what is no address", async () => {
    expect(await ask({ body: { email: "robin" } })).toEqual(
      badFields({ email: "must be an e-mail address" }),
    );
  });
});

row("POST /api/reset-password", (ask) => {
  it("sets the password with a mailed token, once", async () => {
    const { email } = await registered(service);
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);

    expect(await ask({ body: { token, password: "password" } })).toEqual(
      weakFields({ password: "is among the first that anyone would try; choose another" }),
    );
    expect(await ask({ body: { token, password: NEW_PASSWORD } })).toEqual(
      success("Your password is set. Sign in with it."),
    );
    expect(await ask({ body: { token, password: NEW_PASSWORD } })).toEqual(DEAD_LINK);
  });

  it("refuses what is incomplete", async () => {
    expect(await ask({ body: {} })).toEqual(
      badFields({ token: "is required", password: "is required" }),
    );
  });
});

row("POST /api/verify-email", (ask) => {
  it("confirms an address with a mailed token, once", async () => {
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);

    expect(await ask({ body: { token } })).toEqual(success("Your e-mail address is confirmed."));
    expect(await ask({ body: { token } })).toEqual(DEAD_LINK);
    expect(await ask({ body: {} })).toEqual(badFields({ token: "is required" }));
  });
});
