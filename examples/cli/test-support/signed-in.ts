import { fileStorage, type Tokens } from "../latchkey.ts";
import { privateDirectory } from "../sign-in/private-directory.ts";
import { tokenFile } from "../sign-in/token-file.ts";

/** Leaves what a sign-in leaves, an hour's access token unless said otherwise, and returns its path. */
export async function signedIn(
  { directory, now }: { readonly directory: string; readonly now: () => number },
  issuer: string,
  changed: Partial<Tokens> = {},
): Promise<string> {
  const path = tokenFile(issuer, directory);
  await privateDirectory(directory);
  await fileStorage(path).save({
    url: issuer,
    clientId: "demo-cli",
    accessToken: "access-1",
    expiresAt: now() + 3_600_000,
    refreshToken: "refresh-1",
    scope: "openid",
    idToken: null,
    ...changed,
  });
  return path;
}
