import type { Order } from "../order.ts";
import { Problem, signedOut } from "../problem.ts";
import { lookUpSignIn, type SignIn } from "./look-up-sign-in.ts";

/**
 * The sign-in that an order means. Refuses one that others on this machine may have read, and one of
 * another issuer or client.
 */
export async function keptSignIn(order: Order, path: string): Promise<SignIn> {
  const found = await lookUpSignIn(path);
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
  checkOwner(order, found.signIn);
  return found.signIn;
}

/** Tokens go to nobody but who gave them, for nobody but who got them. */
export function checkOwner({ issuer, clientId }: Order, signIn: SignIn): void {
  if (signIn.url !== issuer) {
    throw signedOut(`You are signed in to ${signIn.url}, not to ${issuer}.`);
  }
  if (clientId !== null && signIn.clientId !== clientId) {
    throw signedOut(`You are signed in as the client ${signIn.clientId}, not as ${clientId}.`);
  }
}
