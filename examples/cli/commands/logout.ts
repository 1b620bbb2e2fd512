import { discover } from "../oauth/discover.ts";
import { revokeSession } from "../oauth/revoke-session.ts";
import type { Order } from "../order.ts";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";
import { forgetTokens } from "../tokens/forget-tokens.ts";
import { checkOwner } from "../tokens/kept-tokens.ts";
import { lookUpTokens } from "../tokens/look-up-tokens.ts";
import { privateDirectory } from "../tokens/private-directory.ts";
import { tokenFile } from "../tokens/token-file.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { withLock } from "../tokens/with-lock.ts";

/**
 * Ends the session and deletes its tokens. Where the server cannot be told, the tokens are deleted all
 * the same, and that the session goes on is a problem.
 */
export async function logout(order: Order, surroundings: Surroundings): Promise<void> {
  const file = tokenFile(order.issuer, surroundings.directory);
  await privateDirectory(surroundings.directory);
  const said = await withLock(file.lockPath, surroundings, async () => {
    const found = await lookUpTokens(file.path);
    if (found.kind === "none") {
      return `You are not signed in to ${order.issuer}.`;
    }
    const problem = found.kind === "tokens" ? await end(order, found.tokens, surroundings) : null;
    await forgetTokens(file.path);
    if (problem) {
      throw new Problem(
        `The tokens are deleted here, but the session goes on. ${problem.message}`,
        "End it in your account's list of sessions.",
      );
    }
    return found.kind === "tokens"
      ? `You are signed out of ${order.issuer}.`
      : `${file.path} was damaged and is deleted. Its session, if any, ends by itself.`;
  });
  surroundings.out.write(`${said}\n`);
}

async function end(
  order: Order,
  tokens: Tokens,
  surroundings: Surroundings,
): Promise<Problem | null> {
  checkOwner(order, tokens);
  try {
    await revokeSession(await discover(order.issuer, surroundings), tokens, surroundings);
    return null;
  } catch (error) {
    if (error instanceof Problem) {
      return error;
    }
    throw error;
  }
}
