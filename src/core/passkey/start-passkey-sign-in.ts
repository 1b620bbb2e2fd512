import type { Context } from "../ports.ts";
import { challengesOf, sealCeremony } from "./ceremony.ts";

/** What a page asks an authenticator, and the token that has to come back beside its answer. */
export interface BegunCeremony {
  ceremony: string;
  options: string;
}

/**
 * Begins a sign-in of whoever has a passkey here. Nobody is named, so that it is the same for all;
 * and the authenticator has to know its person, so that it is enough.
 */
export async function startPasskeySignIn(context: Context): Promise<BegunCeremony> {
  const ceremony = await sealCeremony(context, "sign-in", null);
  const [challenge] = await challengesOf(context, ceremony);
  const asked = { challenge, allowed: [], isOnlyFactor: true };
  return { ceremony, options: context.ceremonies.requestOptions(asked) };
}
