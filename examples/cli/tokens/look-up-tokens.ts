import { textIn } from "../oauth/field.ts";
import { objectIn } from "../oauth/object-in.ts";
import { readPrivateFile } from "./read-private-file.ts";
import type { Tokens } from "./tokens.ts";

export type FoundTokens =
  | { readonly kind: "none" }
  | { readonly kind: "damaged" }
  /** `exposed`: somebody else on this machine can read them, or put them there. */
  | { readonly kind: "tokens"; readonly tokens: Tokens; readonly exposed: boolean };

/** Reads a token file and says whether it is as private as it was written. */
export async function lookUpTokens(path: string): Promise<FoundTokens> {
  const file = await readPrivateFile(path);
  if (!file) {
    return { kind: "none" };
  }
  const tokens = readTokens(file.text);
  return tokens ? { kind: "tokens", tokens, exposed: file.exposed } : { kind: "damaged" };
}

function readTokens(text: string): Tokens | null {
  const record = objectIn(text);
  const issuer = textIn(record, "issuer");
  const clientId = textIn(record, "clientId");
  const accessToken = textIn(record, "accessToken");
  const expiresAt = textIn(record, "expiresAt");
  if (!issuer || !clientId || !accessToken || !expiresAt || Number.isNaN(Date.parse(expiresAt))) {
    return null;
  }
  return {
    issuer,
    clientId,
    accessToken,
    expiresAt,
    refreshToken: textIn(record, "refreshToken"),
    scope: textIn(record, "scope"),
    resources: textsIn(record["resources"]),
    idToken: textIn(record, "idToken"),
  };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
