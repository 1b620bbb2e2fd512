import type { Demands } from "./guard-options.ts";

/** RFC 6749 §3.3. What stands in a header is checked here, once. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const REALM = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

/** All that Latchkey has: whoever demands another lets nobody in. */
const ROLES: readonly unknown[] = ["user", "admin", "superadmin"];

/** Throws a TypeError for demands that are none, or that nobody can meet. */
export function checkDemands(demands: Demands): Demands {
  for (const name of ["scopes", "roles"] as const) {
    // Of a setting that is missing nobody may make "no demand".
    if (name in demands && !Array.isArray(demands[name])) {
      throw new TypeError(`The ${name} that a guard demands are not set, or are no list.`);
    }
  }
  const { realm, scopes, roles } = demands;
  if (realm !== undefined && !REALM.test(realm)) {
    throw new TypeError("The realm of a guard has to be plain text without quotes.");
  }
  for (const scope of scopes ?? []) {
    if (typeof scope !== "string" || !SCOPE.test(scope)) {
      throw new TypeError(`${JSON.stringify(scope)} cannot be a scope.`);
    }
  }
  return roles ? checkRoles(demands, roles) : checkScopes(demands);
}

function checkScopes(demands: Demands): Demands {
  if (demands.scopes?.length === 0) {
    throw new TypeError(
      "`scopes: []` demands nothing. Name a scope, or leave `scopes` out to let in whoever has a good token.",
    );
  }
  return demands;
}

function checkRoles(demands: Demands, roles: readonly string[]): Demands {
  if (roles.length === 0) {
    throw new TypeError("A guard that demands a role has to name one.");
  }
  for (const role of roles) {
    if (!ROLES.includes(role)) {
      throw new TypeError(`Nobody has the role ${JSON.stringify(role)}: name ${ROLES.join(", ")}.`);
    }
  }
  if (!demands.scopes) {
    throw new TypeError(
      "A guard that demands a role names scopes too, [] for none: see docs/client.md.",
    );
  }
  return demands;
}
