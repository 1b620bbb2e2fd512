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

/** The least that is higher. To ask for one that is above the highest is a bug: nobody is. */
export function roleAbove(role: Role): Role {
  const [, above] = rolesFrom(role);
  if (!above) {
    throw new Error(`no role is above ${role}`);
  }
  return above;
}

/** Those from which this one is a promotion. */
export function rolesBelow(role: Role): readonly Role[] {
  return ROLES.slice(0, ROLES.indexOf(role));
}
