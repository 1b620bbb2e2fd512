import { describe, expect, it } from "vitest";
import { type SignedInBody, signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();

const refresh = (refreshToken: string) =>
  service.ask<SignedInBody>("/api/auth/refresh", { body: { refreshToken } });

describe("30 parallel refreshes of one token", () => {
  it("lead to one living successor, and whoever uses it stays signed in", async () => {
    const { refreshToken } = await signedIn(service);

    const answers = await Promise.all(Array.from({ length: 30 }, () => refresh(refreshToken)));

    const successors = new Set(answers.map(({ body }) => body.refreshToken));
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(successors.size).toBe(1);
    const [successor = ""] = successors;
    expect((await refresh(successor)).status).toBe(200);
  });

  it("keep to the rule that an older generation ends the session", async () => {
    const { refreshToken: first } = await signedIn(service);
    const { body: second } = await refresh(first);
    const { body: third } = await refresh(second.refreshToken);

    const replays = await Promise.all(Array.from({ length: 30 }, () => refresh(first)));

    expect(replays.map(({ status }) => status)).toEqual(Array(30).fill(401));
    expect((await refresh(third.refreshToken)).status).toBe(401);
  });
});
