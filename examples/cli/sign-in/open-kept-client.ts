import { fileStorage, type OAuthClient } from "../latchkey.ts";
import type { Order } from "../order.ts";
import type { Surroundings } from "../surroundings.ts";
import { asked } from "../terminal/asked.ts";
import { keptSignIn } from "./kept-sign-in.ts";
import type { SignIn } from "./look-up-sign-in.ts";
import { openClient } from "./open-client.ts";
import { tokenFile } from "./token-file.ts";

/**
 * The client of whoever is signed in, with a token that can be used now. A renewal is not to be broken
 * off: the old refresh token is worth nothing by then.
 */
export async function openKeptClient(
  order: Order,
  surroundings: Surroundings,
): Promise<{ client: OAuthClient; accessToken: string; signIn: SignIn }> {
  const { issuer } = order;
  const path = tokenFile(issuer, surroundings.directory);
  const { clientId } = await keptSignIn(order, path);
  const client = openClient({ issuer, clientId, storage: fileStorage(path) }, surroundings);
  const accessToken = await asked("renewing the access token", issuer, () => client.accessToken());
  return { client, accessToken, signIn: await keptSignIn(order, path) };
}
