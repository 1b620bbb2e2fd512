import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { DAY_SECONDS, stopClock } from "../../support/clock.ts";
import { mailTo, VERIFY } from "../../support/mail.ts";
import { somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { coded, invalid, numbered, ok, tooMany } from "./answers.ts";
import { client, startPionne } from "./pionne.ts";

const { service, ask, registered, logIn, listed } = startPionne();

describe("POST /api/auth/register", () => {
  it("makes an account with a trial of 30 days and signs it in", async () => {
    stopClock();
    const person = somebody();

    expect(seen(await ask("POST /register", { body: person }))).toEqual(
      ok(
        {
          user: {
            id: "<account id>",
            email: person.email,
            name: "Robin Example",
            trial_ends_at: new Date(Date.now() + 30 * DAY_SECONDS * 1000).toISOString(),
          },
          token: numbered(1),
        },
        201,
      ),
    );
  });

  it("mails a link to confirm the address", async () => {
    const { person } = await registered();

    await mailTo(service, person.email, VERIFY);
  });

  it("names the token after the client", async () => {
    const { token } = await registered(somebody(), client("cli"));

    expect((await listed(token)).map(({ name }) => name)).toEqual(["cli"]);
  });

  it("says that an address is taken, in any spelling, and changes nothing", async () => {
    const { person, token } = await registered();
    const body = { ...somebody("Robyn Other"), email: ` ${person.email.toUpperCase()} ` };

    expect(seen(await ask("POST /register", { body }))).toEqual(
      invalid({ email: ["The email has an account."] }),
    );
    expect((await ask("GET /me", { bearer: token })).body).toMatchObject({ name: person.name });
    expect((await logIn(person)).status).toBe(200);
  });

  it("makes one account of an address that many register at once", async () => {
    const person = somebody();

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => ask("POST /register", { body: person })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  });

  it("names every field that is missing or wrong", async () => {
    expect(seen(await ask("POST /register", { body: {} }))).toEqual(
      invalid({
        email: ["The email is required."],
        password: ["The password is required."],
        name: ["The name is required."],
      }),
    );
    const body = { email: "robin", password: 12_345_678, name: " " };
    expect(seen(await ask("POST /register", { body }))).toEqual(
      invalid({
        email: ["The email must be an e-mail address."],
        password: ["The password must be a text."],
        name: ["The name must not be empty."],
      }),
    );
  });

  it("refuses what is no JSON object", async () => {
    expect(seen(await ask("POST /register", { body: '{"email":' }))).toEqual(
      invalid({ body: ["The body must be JSON in UTF-8."] }),
    );
    expect(seen(await ask("POST /register", { body: [] }))).toEqual(
      invalid({ body: ["The body must be an object."] }),
    );
  });

  it("refuses a password of fewer than eight characters", async () => {
    const body = { ...somebody(), password: "7 chars" };

    expect(seen(await ask("POST /register", { body }))).toEqual(
      invalid({ password: ["The password must have at least 8 characters."] }),
    );
  });

  it("refuses everybody where the tenant is closed", async () => {
    await env.DB.exec("UPDATE tenants SET self_registration = 0");
    const answer = await ask("POST /register", { body: somebody() });
    await env.DB.exec("UPDATE tenants SET self_registration = 1");

    expect(seen(answer)).toEqual(
      coded(
        403,
        "registration_closed",
        "Registration is closed. Ask an administrator for an account.",
      ),
    );
  });

  it("lets nobody ask more often than five times an hour whether an address is taken", async () => {
    stopClock();
    const { person } = await registered();
    for (let time = 0; time < 4; time++) {
      expect((await ask("POST /register", { body: person })).status).toBe(422);
    }

    expect(seen(await ask("POST /register", { body: person }))).toEqual(tooMany(3600));
  });
});
