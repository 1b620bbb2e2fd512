import type { ClientRecord } from "./client-records.ts";

/** A client with its secret, which is shown this once; null for a public one. */
export type ClientWithSecret = { client: ClientRecord; secret: string | null };
