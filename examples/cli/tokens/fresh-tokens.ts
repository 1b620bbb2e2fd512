import { discover } from "../oauth/discover.ts";
import { refreshTokens } from "../oauth/refresh-tokens.ts";
import type { Server } from "../oauth/server.ts";
import type { Order } from "../order.ts";
import type { Surroundings } from "../surroundings.ts";
import { forgetTokens } from "./forget-tokens.ts";
import { keptTokens } from "./kept-tokens.ts";
import { signedOut } from "./signed-out.ts";
import { type TokenFile, tokenFile } from "./token-file.ts";
import type { Tokens } from "./tokens.ts";
import { withLock } from "./with-lock.ts";
import { writeTokens } from "./write-tokens.ts";

/** Tokens that end sooner are renewed first, so that the caller has time to use them. */
const leastLifeMilliseconds = 60_000;

/**
 * Tokens that can be used now, renewed if need be: because they end soon, or because a server refused
 * `rejected`. Of processes that find the same old tokens one renews them, and the others use what it got.
 */
export async function freshTokens(
  order: Order,
  surroundings: Surroundings,
  rejected?: string,
): Promise<Tokens> {
  const file = tokenFile(order.issuer, surroundings.directory);
  const usable = (tokens: Tokens) =>
    tokens.accessToken !== rejected &&
    Date.parse(tokens.expiresAt) - surroundings.now() > leastLifeMilliseconds;
  const kept = await keptTokens(order, file);
  if (usable(kept)) {
    return kept;
  }
  const server = await discover(order.issuer, surroundings);
  return withLock(file.lockPath, surroundings, async () => {
    const current = await keptTokens(order, file);
    return usable(current) ? current : renew(server, file, current, surroundings);
  });
}

async function renew(
  server: Server,
  file: TokenFile,
  tokens: Tokens,
  surroundings: Surroundings,
): Promise<Tokens> {
  const renewed = tokens.refreshToken
    ? await refreshTokens(server, tokens, tokens.refreshToken, surroundings)
    : null;
  if (!renewed) {
    await forgetTokens(file.path);
    throw signedOut(`Your session at ${server.issuer} is over: you are signed out.`);
  }
  await writeTokens(file.path, renewed);
  return renewed;
}
