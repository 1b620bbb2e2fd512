import { defaults } from "../defaults.ts";
import { awaitDecision } from "../oauth/await-decision.ts";
import type { DeviceGrant } from "../oauth/device-grant.ts";
import { discover } from "../oauth/discover.ts";
import { revokeSession } from "../oauth/revoke-session.ts";
import type { Server } from "../oauth/server.ts";
import { startDeviceGrant } from "../oauth/start-device-grant.ts";
import type { Order } from "../order.ts";
import type { Surroundings } from "../surroundings.ts";
import { countDown } from "../terminal/count-down.ts";
import { showGrant } from "../terminal/show-grant.ts";
import { writeLastIssuer } from "../tokens/last-issuer.ts";
import { lookUpTokens } from "../tokens/look-up-tokens.ts";
import { privateDirectory } from "../tokens/private-directory.ts";
import { tokenFile } from "../tokens/token-file.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { withLock } from "../tokens/with-lock.ts";
import { writeTokens } from "../tokens/write-tokens.ts";

/** Signs in by device code and keeps the tokens. A sign-in that was there before ends. */
export async function login(order: Order, surroundings: Surroundings): Promise<void> {
  const { directory, out } = surroundings;
  // Found wrong now, not after somebody has gone to confirm a code.
  await privateDirectory(directory);
  const server = await discover(order.issuer, surroundings);
  const clientId = order.clientId ?? defaults.clientId;
  const { scope, resources } = order;
  const grant = await startDeviceGrant(server, { clientId, scope, resources }, surroundings);
  showGrant(grant, out);
  if (order.open) {
    await openPage(grant, surroundings);
  }
  const given = await counting(grant, surroundings, () =>
    awaitDecision(server, grant, surroundings),
  );
  const kept = { ...given, scope: given.scope ?? scope, resources };
  const previous = await keep({ issuer: server.issuer, clientId, ...kept }, surroundings);
  if (previous) {
    await endPrevious(server, previous, surroundings);
  }
  await writeLastIssuer(directory, server.issuer);
  out.write(`You are signed in to ${server.issuer}.\n`);
}

/** A browser that does not open is no reason to stop: the address stands on the screen. */
async function openPage(grant: DeviceGrant, { openBrowser, err }: Surroundings): Promise<void> {
  try {
    await openBrowser(new URL(grant.verificationUriComplete ?? grant.verificationUri));
  } catch {
    err.write("No browser could be opened: open the page by hand.\n");
  }
}

async function counting<Result>(
  grant: DeviceGrant,
  surroundings: Surroundings,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = countDown(grant.expiresAt, surroundings);
  try {
    return await work();
  } finally {
    end();
  }
}

/** Writes the tokens and returns those that were there. */
async function keep(tokens: Tokens, surroundings: Surroundings): Promise<Tokens | null> {
  const { path, lockPath } = tokenFile(tokens.issuer, surroundings.directory);
  return withLock(lockPath, surroundings, async () => {
    const found = await lookUpTokens(path);
    await writeTokens(path, tokens);
    return found.kind === "tokens" ? found.tokens : null;
  });
}

/** Nobody could end that session later: its tokens are gone. Should it fail, the new one is good all the same. */
async function endPrevious(
  server: Server,
  previous: Tokens,
  surroundings: Surroundings,
): Promise<void> {
  if (previous.issuer !== server.issuer) {
    return;
  }
  try {
    await revokeSession(server, previous, surroundings);
  } catch {
    surroundings.err.write(
      "The session before this one could not be ended and runs out by itself.\n",
    );
  }
}
