import { exitCode } from "../exit-code.ts";
import { createClient, discover, type OAuthClient, type TokenStorage } from "../latchkey.ts";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";

interface Whose {
  readonly issuer: string;
  readonly clientId: string;
  readonly storage: TokenStorage;
}

/** A client of any server that announces what it can. */
export function openClient(
  { issuer, clientId, storage }: Whose,
  { fetch, now, random, sleep }: Surroundings,
): OAuthClient {
  const clock = { now, random, sleep };
  try {
    return createClient({ url: issuer, clientId, storage, discover, fetch, clock });
  } catch {
    throw new Problem(
      `${JSON.stringify(issuer)} cannot be an issuer.`,
      "--issuer is an https address without query or fragment; http only on this machine.",
      exitCode.usage,
    );
  }
}

/** The same, but that whatever is asked is broken off when the person wants the command to end. */
export function openStoppableClient(whose: Whose, surroundings: Surroundings): OAuthClient {
  const { fetch, stop } = surroundings;
  const stoppable: typeof fetch = (input, init) =>
    fetch(input, { ...init, signal: AbortSignal.any([stop, init?.signal ?? []].flat()) });
  return openClient(whose, { ...surroundings, fetch: stoppable });
}
