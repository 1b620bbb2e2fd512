import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { mailTo, VERIFY } from "../support/mail.ts";
import { registered } from "../support/people.ts";
import { startService } from "../support/service.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("sign-ins that an outage left undecided are not counted as failures", async () => {
  const service = startService();
  const { email, password } = await registered(service);
  await mailTo(service, email, VERIFY);
  const signIn = () => service.ask("/api/login", { body: { email, password } });
  const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
  const outage = vi.spyOn(statement, "raw").mockRejectedValue(new Error("D1 is down"));

  for (let attempt = 0; attempt < 15; attempt++) {
    expect((await signIn()).status).toBe(503);
  }
  outage.mockRestore();

  expect((await signIn()).status).toBe(200);
});
