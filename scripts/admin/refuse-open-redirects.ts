import { Problem } from "../problem.ts";

/** Nobody can tell which program listens there: RFC 8252 §8.6. */
export function refuseOpenRedirects(redirectUris: readonly string[], isFirstParty: boolean): void {
  if (isFirstParty && !redirectUris.every((uri) => uri.startsWith("https:"))) {
    throw new Problem(
      "Any program on a device could take the place of a first-party client without https.",
      "Give redirect URIs with https, which a system can hand to your app alone, or make a client that is not --first-party.",
    );
  }
}
