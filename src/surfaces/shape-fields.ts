import * as z from "zod";

/** What stands in the answers of several contracts. For the API reference: no Worker loads it. */
export const uuid = z.uuid();

/** RFC 3339 in UTC. */
export const time = z.iso.datetime();

/** An account's id, where a contract shows it with a prefix. */
export const prefixedId = z.string().regex(/^usr_[0-9a-f]{32}$/);

export const role = z.enum(["user", "admin", "superadmin"]);

/** An address of whoever signed up; theirs was checked then. */
export const email = z.email();
