import { fileStorage } from "../latchkey.ts";
import type { Order } from "../order.ts";
import { Problem } from "../problem.ts";
import { checkOwner } from "../sign-in/kept-sign-in.ts";
import { lookUpSignIn } from "../sign-in/look-up-sign-in.ts";
import { openStoppableClient } from "../sign-in/open-client.ts";
import { privateDirectory } from "../sign-in/private-directory.ts";
import { tokenFile } from "../sign-in/token-file.ts";
import type { Surroundings } from "../surroundings.ts";
import { asked } from "../terminal/asked.ts";

/**
 * Ends the session and deletes its tokens. Where the server cannot be told, the tokens are deleted all
 * the same, and that the session goes on is a problem.
 */
export async function logout(order: Order, surroundings: Surroundings): Promise<void> {
  const { directory, out } = surroundings;
  const path = tokenFile(order.issuer, directory);
  await privateDirectory(directory);
  const found = await lookUpSignIn(path);
  if (found.kind === "none") {
    out.write(`You are not signed in to ${order.issuer}.\n`);
  } else if (found.kind === "damaged") {
    const file = fileStorage(path);
    await file.exclusively(() => file.save(null));
    out.write(`${path} was damaged and is deleted. Its session, if any, ends by itself.\n`);
  } else {
    checkOwner(order, found.signIn);
    await end(path, order.issuer, found.signIn.clientId, surroundings);
    out.write(`You are signed out of ${order.issuer}.\n`);
  }
}

async function end(
  path: string,
  issuer: string,
  clientId: string,
  surroundings: Surroundings,
): Promise<void> {
  const storage = { ...fileStorage(path), load: () => whoeverElseCanRead(path) };
  const client = openStoppableClient({ issuer, clientId, storage }, surroundings);
  try {
    await asked("ending the session", issuer, () => client.signOut());
  } catch (error) {
    const isDeleted = (await lookUpSignIn(path)).kind === "none";
    throw error instanceof Problem && isDeleted ? sessionGoesOn(error) : error;
  }
}

/** Tokens that others may know are all the more to be ended. */
async function whoeverElseCanRead(path: string) {
  const found = await lookUpSignIn(path);
  return found.kind === "sign-in" ? found.signIn : null;
}

function sessionGoesOn({ message }: Problem): Problem {
  return new Problem(
    `The tokens are deleted here, but the session goes on. ${message}`,
    "End it in your account's list of sessions.",
  );
}
