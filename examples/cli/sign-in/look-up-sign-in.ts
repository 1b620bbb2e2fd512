import { readFile } from "node:fs/promises";
import { asTokens, readPrivateFile, type Tokens } from "../latchkey.ts";
import { isExposed } from "./is-exposed.ts";

/** The tokens that a registered client was given. */
export type SignIn = Tokens & { readonly clientId: string };

export type FoundSignIn =
  | { readonly kind: "none" }
  | { readonly kind: "damaged" }
  /** `exposed`: somebody else on this machine can read the tokens, or put them there. */
  | { readonly kind: "sign-in"; readonly signIn: SignIn; readonly exposed: boolean };

/** Reads a token file and says whether it is as private as it was written. */
export async function lookUpSignIn(path: string): Promise<FoundSignIn> {
  const { text, exposed } = await readWhoeverElseCan(path);
  if (text === null) {
    return { kind: "none" };
  }
  const tokens = asTokens(parsed(text));
  return tokens && tokens.clientId !== null
    ? { kind: "sign-in", signIn: { ...tokens, clientId: tokens.clientId }, exposed }
    : { kind: "damaged" };
}

async function readWhoeverElseCan(path: string) {
  try {
    return { text: await readPrivateFile(path), exposed: false };
  } catch (error) {
    if (!isExposed(error)) {
      throw error;
    }
    return { text: await readFile(path, "utf8"), exposed: true };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
