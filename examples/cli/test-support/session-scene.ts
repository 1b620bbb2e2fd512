import type { TestContext } from "node:test";
import type { Tokens } from "../latchkey.ts";
import { run } from "../run.ts";
import type { Surroundings } from "../surroundings.ts";
import { type Reply, type Route, scriptedServer } from "./scripted-server.ts";
import { signedIn } from "./signed-in.ts";
import { testSurroundings } from "./test-surroundings.ts";

/** An access token that ends within the minute. */
export const ending = { expiresAt: Date.parse("2030-01-01T00:00:30Z") };

/** One that has ended. */
export const ended = { expiresAt: Date.parse("2030-01-01T00:00:00Z") };

/** What a server answers that renews. */
export const renewed: Reply = {
  body: {
    access_token: "access-2",
    token_type: "bearer",
    expires_in: 900,
    refresh_token: "refresh-2",
  },
};

/** What a server answers to a refresh token whose session is over. */
export const over: Reply = { status: 400, body: { error: "invalid_grant" } };

/** Somebody who signed in before, and a way to run commands for them. */
export async function sessionScene(
  t: TestContext,
  routes: Readonly<Record<string, Route>>,
  tokens: Partial<Tokens> = {},
  changed: Partial<Surroundings> = {},
) {
  const server = await scriptedServer(t, { routes });
  const around = await testSurroundings(t, changed);
  const path = await signedIn(around, server.issuer, tokens);
  const command = (...args: string[]) => run([...args, "--issuer", server.issuer], around);
  return { server, around, path, command };
}
