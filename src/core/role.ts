import type { Role } from "./account/account.ts";

/** From the least to the highest. */
export const ROLES: readonly Role[] = ["user", "admin", "superadmin"];

/** True when `role` is at least `least`. */
export function reaches(role: Role, least: Role): boolean {
  return rolesFrom(least).includes(role);
}

/** Those that reach this one. */
export function rolesFrom(least: Role): readonly Role[] {
  return ROLES.slice(ROLES.indexOf(least));
}

/** Those from which this one is a promotion. */
export function rolesBelow(role: Role): readonly Role[] {
  return ROLES.slice(0, ROLES.indexOf(role));
}
