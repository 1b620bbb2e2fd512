import type { ClientGrant } from "../../src/core/client/client.ts";
import { Problem } from "../problem.ts";

/** Grants by the names that people type. */
const GRANTS: ReadonlyMap<string, ClientGrant> = new Map([
  ["device_code", "urn:ietf:params:oauth:grant-type:device_code"],
  ["refresh_token", "refresh_token"],
  ["authorization_code", "authorization_code"],
  ["client_credentials", "client_credentials"],
] as const);

/** Of grants that OAuth itself does not have. */
const PREFIX = "urn:ietf:params:oauth:grant-type:";

export const grantNames: readonly string[] = [...GRANTS.keys()];

/** How people type a grant. */
export function grantName(grant: string): string {
  return grant.replace(PREFIX, "");
}

/** A list of grants, with commas between them. */
export function readGrants(given: string): ClientGrant[] {
  const names = new Set(given.split(",").map((name) => name.trim()));
  return [...names].map((name) => {
    const grant = GRANTS.get(grantName(name));
    if (!grant) {
      throw new Problem(
        `${JSON.stringify(name)} is not a grant.`,
        `Give some of ${grantNames.join(", ")}, with commas between them: --grants device_code,refresh_token`,
      );
    }
    return grant;
  });
}
