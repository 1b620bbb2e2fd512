import { groups, MOVED, movedGroups } from "./people.ts";

/** A place where strangers name an address. */
export interface Entrance {
  name: string;
  /** Whose addresses are named, beginning with those of nobody. */
  groups: readonly string[];
  /**
   * Where what is found is shown and fails nothing: hashes of other systems are as dear as ours by
   * constants, which fit one processor more than another.
   */
  isShownOnly?: true;
  /** What is sent for an address; the same length for any. */
  request(email: string): { path: string; type: string; body: string };
}

/** Fits every policy, and is nobody's. */
const PASSWORD = "quiet-heron-marsh-42";

const json = (path: string, fields: (email: string) => object): Entrance => ({
  name: `POST ${path}`,
  groups,
  request: (email) => ({ path, type: "application/json", body: JSON.stringify(fields(email)) }),
});

const form = (path: string, fields: (email: string) => Record<string, string>): Entrance => ({
  name: `POST ${path} (page)`,
  groups,
  request: (email) => ({
    path,
    type: "application/x-www-form-urlencoded",
    body: new URLSearchParams(fields(email)).toString(),
  }),
});

const names = { name: "Robin Example" };

/**
 * One for each way to handle an address. The contracts that are missing hand theirs to the same
 * operations, which tests hold to the same calls at every row. The last is that of a tenant which has
 * imported passwords.
 */
export const entrances: readonly Entrance[] = [
  json("/api/forgot-password", (email) => ({ email })),
  json("/auth/forgot-password", (email) => ({ email })),
  json("/api/v1/auth/send-code", (email) => ({ email })),
  json("/auth/verification-mail", (email) => ({ email })),
  form("/forgot", (email) => ({ email })),
  json("/api/v1/auth/verify-code", (email) => ({ email, code: "000000" })),
  json("/api/login", (email) => ({ email, password: PASSWORD })),
  json("/auth/signin", (email) => ({ email, password: PASSWORD })),
  form("/signin", (email) => ({ email, password: PASSWORD })),
  json("/api/register", (email) => ({ email, password: PASSWORD, ...names })),
  {
    ...json(`/${MOVED}/api/v1/auth/login`, (email) => ({ email, password: PASSWORD })),
    groups: movedGroups,
    isShownOnly: true,
  },
];
