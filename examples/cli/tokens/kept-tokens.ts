import type { Order } from "../order.ts";
import { Problem } from "../problem.ts";
import { lookUpTokens } from "./look-up-tokens.ts";
import { signedOut } from "./signed-out.ts";
import type { TokenFile } from "./token-file.ts";
import type { Tokens } from "./tokens.ts";

/**
 * The tokens of the sign-in an order means. Refuses those that others on this machine may have read, and
 * those of another issuer or client.
 */
export async function keptTokens(order: Order, { path }: TokenFile): Promise<Tokens> {
  const found = await lookUpTokens(path);
  if (found.kind === "none") {
    throw signedOut(`You are not signed in to ${order.issuer}.`);
  }
  if (found.kind === "damaged") {
    throw signedOut(`${path} is damaged.`);
  }
  if (found.exposed) {
    throw new Problem(
      `${path} is open to others on this machine, so its tokens may be known to them.`,
      "Run login: it ends that session and begins another.",
    );
  }
  checkOwner(order, found.tokens);
  return found.tokens;
}

/** Tokens go to nobody but who gave them, for nobody but who got them. */
export function checkOwner({ issuer, clientId }: Order, tokens: Tokens): void {
  if (tokens.issuer !== issuer) {
    throw signedOut(`You are signed in to ${tokens.issuer}, not to ${issuer}.`);
  }
  if (clientId !== null && tokens.clientId !== clientId) {
    throw signedOut(`You are signed in as the client ${tokens.clientId}, not as ${clientId}.`);
  }
}
