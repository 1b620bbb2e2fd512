import { privateDirectory } from "../tokens/private-directory.ts";
import { tokenFile } from "../tokens/token-file.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { writeTokens } from "../tokens/write-tokens.ts";

/** Leaves what a sign-in leaves, an hour's access token unless said otherwise, and returns its path. */
export async function signedIn(
  { directory, now }: { readonly directory: string; readonly now: () => number },
  issuer: string,
  changed: Partial<Tokens> = {},
): Promise<string> {
  const { path } = tokenFile(issuer, directory);
  await privateDirectory(directory);
  await writeTokens(path, {
    issuer,
    clientId: "demo-cli",
    accessToken: "access-1",
    expiresAt: new Date(now() + 3_600_000).toISOString(),
    refreshToken: "refresh-1",
    scope: "openid",
    resources: [],
    idToken: null,
    ...changed,
  });
  return path;
}
