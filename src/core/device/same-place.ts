import type { SamePlace } from "../client/client.ts";
import type { Requester } from "../requester.ts";

/** Where somebody is, as far as it is compared. */
export type Place = Pick<Requester, "country" | "network">;

export type Likeness = "same" | "different" | "unknown";

/** Not a country, but that there is none to name, or that Tor hides it. */
const NO_COUNTRY = ["XX", "T1"];

/** How the places of a device and of whoever decides about it compare. */
export function comparePlaces(one: Place, other: Place): { country: Likeness; network: Likeness } {
  return {
    country: likeness(countryOf(one), countryOf(other)),
    network: likeness(one.network, other.network),
  };
}

/** Whether two places are as alike as a client demands. What is not known is not the same. */
export function isSamePlace(demanded: SamePlace | null, one: Place, other: Place): boolean {
  if (!demanded) {
    return true;
  }
  const { country, network } = comparePlaces(one, other);
  return country === "same" && (demanded === "country" || network === "same");
}

function countryOf({ country }: Place): string | null {
  return country !== null && NO_COUNTRY.includes(country) ? null : country;
}

function likeness(one: string | null, other: string | null): Likeness {
  if (!one || !other) {
    return "unknown";
  }
  return one === other ? "same" : "different";
}
