import { open } from "node:fs/promises";
import { textIn } from "../oauth/field.ts";
import type { Tokens } from "./tokens.ts";

export type FoundTokens =
  | { readonly kind: "none" }
  | { readonly kind: "damaged" }
  /** `exposed`: somebody else on this machine can read them, or put them there. */
  | { readonly kind: "tokens"; readonly tokens: Tokens; readonly exposed: boolean };

/** Reads a token file and says whether it is as private as it was written. */
export async function lookUpTokens(path: string): Promise<FoundTokens> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return null;
    }
    throw error;
  });
  if (!file) {
    return { kind: "none" };
  }
  try {
    const { mode, uid } = await file.stat();
    const tokens = readTokens(await file.readFile("utf8"));
    return tokens ? { kind: "tokens", tokens, exposed: isExposed(mode, uid) } : { kind: "damaged" };
  } finally {
    await file.close();
  }
}

/** Windows keeps rights elsewhere: there a profile's folders are its owner's. */
function isExposed(mode: number, uid: number): boolean {
  const self = process.getuid?.();
  return self !== undefined && (uid !== self || (mode & 0o077) !== 0);
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
  const refreshToken = textIn(record, "refreshToken");
  return { issuer, clientId, accessToken, expiresAt, refreshToken, scope: textIn(record, "scope") };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(text) as object | null) } as Record<string, unknown>;
  } catch {
    return {};
  }
}
