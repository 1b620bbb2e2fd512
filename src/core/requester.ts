import type { Language } from "./language.ts";

/** Where a request came from, as far as it is known. Kept to show a person who is asking. */
export interface Requester {
  /** An IPv4 address, or the /64 of an IPv6 address: what is counted and shown. */
  address: string;
  userAgent: string | null;
  city: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** The autonomous system's name, such as an access provider. */
  network: string | null;
  /** What people are to read. */
  language: Language;
}
