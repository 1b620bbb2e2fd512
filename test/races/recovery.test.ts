import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { mailedToken, RESET, VERIFY } from "../support/mail.ts";
import { registered, somebody } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

describe("a mailed link under 20 parallel uses", () => {
  it("sets one password", async () => {
    const service = startService();
    const { email } = await registered(service);
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);
    const passwords = Array.from({ length: 20 }, (_, index) => `candidate-password-${index}`);

    const answers = await Promise.all(
      passwords.map((password) =>
        service.ask("/api/reset-password", { body: { token, password } }),
      ),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 400: 19 });
    const winner = answers.findIndex(({ status }) => status === 200);
    const elsewhere = startService();
    const signIn = (password: string) => elsewhere.ask("/api/login", { body: { email, password } });
    expect((await signIn(`candidate-password-${winner}`)).status).toBe(200);
    expect((await signIn(`candidate-password-${(winner + 1) % 20}`)).status).toBe(401);
  });

  it("verifies the address once", async () => {
    const service = startService();
    const { email } = await registered(service);
    const token = await mailedToken(service, email, VERIFY);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.ask("/api/verify-email", { body: { token } })),
    );

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 1, 400: 19 });
  });
});

describe("20 parallel registrations of one address", () => {
  it("make one account with one password, and every answer is the same", async () => {
    const service = startService({ MAILS_PER_HOUR: "100" });
    const person = somebody();

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => service.ask("/api/register", { body: person })),
    );

    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const rows = await env.DB.prepare(
      "SELECT p.hash FROM accounts a JOIN passwords p ON p.account_id = a.id WHERE a.email = ?",
    )
      .bind(person.email)
      .all();
    expect(rows.results).toHaveLength(1);
    const orphans = await env.DB.prepare(
      "SELECT count(*) AS count FROM passwords WHERE account_id NOT IN (SELECT id FROM accounts)",
    ).first<{ count: number }>();
    expect(orphans?.count).toBe(0);
  });
});
