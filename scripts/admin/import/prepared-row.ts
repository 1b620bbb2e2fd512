import type { Role } from "../../../src/core/account/account.ts";
import { TRIAL_MS } from "../../../src/core/account/new-account.ts";
import { nameFromParts, nameFromWhole } from "../../../src/core/account/person-name.ts";
import { normaliseEmail } from "../../../src/core/email-address.ts";
import type { Vault } from "../../../src/core/ports.ts";
import type { AccountRow } from "./account-row.ts";
import { storedPassword } from "./stored-password.ts";
import { storedRecoveryCodes, storedSecondFactor } from "./stored-second-factor.ts";

/** What a row comes to in each table, as lists in the order of `INSERTS`. */
export interface PreparedRow {
  id: string;
  /** Normalised. */
  email: string;
  rows: Record<TableName, readonly Cells[]>;
  /** What its password costs to check, in iterations of our own, where it is more than one of ours. */
  dearness: number | null;
  /** What it has that somebody else may have set up, since its address was not proved. */
  unproved: { password: boolean; app: boolean };
  /** What of it was not taken. */
  notes: readonly string[];
}

export type TableName =
  | "accounts"
  | "second_factors"
  | "recovery_codes"
  | "passkeys"
  | "keys"
  | "passwords";
type Cells = readonly (string | number | null)[];

export interface Preparation {
  vault: Vault;
  /** What a password takes that is hashed by the service, by its settings. */
  iterations: number;
  tenantId: string;
  /** Roles, the Zapier flag and service keys are taken too. */
  withRoles: boolean;
  now: Date;
  /** UUIDv7. */
  newId(): string;
}

/** Where a row comes from: what another system said of roles is not taken as our own export is. */
export interface Provenance {
  isForeign: boolean;
}

/** Makes a row ready to be stored. Throws a `RowProblem` or a `ForeignHashProblem` for one that cannot be. */
export async function preparedRow(
  row: AccountRow,
  given: Preparation & Provenance,
): Promise<PreparedRow> {
  const { vault, iterations, tenantId, withRoles, now } = given;
  const id = row.id ?? given.newId();
  const times = timesOf(row, now);
  const isProved = times.verifiedAt !== null;
  const role = roleTaken(row, { ...given, isProved });
  const password = await storedPassword({ vault, iterations }, row.password_hash ?? null);
  const secondFactor = await storedSecondFactor(vault, row);
  const keys = (row.keys ?? []).filter(({ kind }) => withRoles || kind === "api");
  // Nobody takes a passkey from an address that is proved later: `takeFromUnproved`.
  const passkeys = isProved ? (row.passkeys ?? []) : [];
  return {
    id,
    email: normaliseEmail(row.email),
    rows: {
      accounts: [accountCells(id, row, { ...given, times, role })],
      second_factors: secondFactor
        ? [
            [
              id,
              given.newId(),
              secondFactor.sealed,
              ms(secondFactor.confirmedAt ?? now),
              secondFactor.lastStep,
            ],
          ]
        : [],
      recovery_codes: (await storedRecoveryCodes(vault, row)).map((digest) => [id, digest]),
      passkeys: passkeys.map((each) => [
        ...[each.id, tenantId, id, each.name, each.credential_id, each.public_key, each.counter],
        ...[JSON.stringify(each.transports), Number(each.synced), ms(each.created_at)],
        ms(each.last_used_at),
      ]),
      keys: keys.map((each) => [
        ...[each.id, tenantId, id, each.kind, each.name, each.prefix, each.hash],
        ...[JSON.stringify(each.scopes), ms(each.created_at), ms(each.expires_at)],
        ms(each.last_used_at),
      ]),
      passwords: [[id, password.hash, ms(row.password_changed_at ?? times.createdAt)]],
    },
    dearness: password.dearness,
    unproved: {
      password: !isProved && password.hash !== null,
      app: !isProved && secondFactor !== null,
    },
    notes: notTaken(row, { withRoles, isProved, role }),
  };
}

function accountCells(
  id: string,
  row: AccountRow,
  { tenantId, withRoles, times, role }: Preparation & { times: Times; role: Role },
): Cells {
  const { name, givenName, familyName } = nameOf(row);
  const { verifiedAt, disabledAt, trialEndsAt, createdAt, updatedAt } = times;
  const zapier = Number(withRoles && row.zapier === true);
  const mustReset = Number(row.must_reset_password === true);
  return [
    ...[id, tenantId, normaliseEmail(row.email), name, givenName, familyName],
    ...[role, ms(verifiedAt), mustReset, zapier, ms(trialEndsAt)],
    ...[JSON.stringify(row.profile ?? {}), ms(disabledAt), ms(createdAt), ms(updatedAt)],
  ];
}

type Times = ReturnType<typeof timesOf>;

function timesOf(row: AccountRow, now: Date) {
  const createdAt = row.created_at ?? now;
  return {
    createdAt,
    updatedAt: row.updated_at ?? now,
    verifiedAt: row.email_verified_at ?? (row.email_verified ? createdAt : null),
    disabledAt: row.disabled_at ?? (row.disabled ? now : null),
    trialEndsAt: row.trial_ends_at ?? new Date(now.getTime() + TRIAL_MS),
  };
}

function nameOf({ name, given_name: given, family_name: family }: AccountRow) {
  if (given || family) {
    const parts = nameFromParts(given ?? "", family ?? "");
    return name ? { ...parts, name } : parts;
  }
  return name ? nameFromWhole(name) : { name: null, givenName: null, familyName: null };
}

/** An address that nobody proved elsewhere may be a stranger's, who registered it there, and gets no power. */
function roleTaken(
  { role }: AccountRow,
  { withRoles, isForeign, isProved }: Preparation & Provenance & { isProved: boolean },
): Role {
  return withRoles && (!isForeign || isProved) ? (role ?? "user") : "user";
}

function notTaken(
  row: AccountRow,
  { withRoles, isProved, role }: { withRoles: boolean; isProved: boolean; role: Role },
): string[] {
  const loses = (row.role ?? "user") !== role;
  const unproved = "its address was not proved";
  const passkeys =
    !isProved && row.passkeys?.length ? [`its passkeys were not taken: ${unproved}`] : [];
  if (withRoles) {
    return [...(loses ? [`its role ${row.role} was not taken: ${unproved}`] : []), ...passkeys];
  }
  return [
    ...(loses ? [`its role ${row.role} was not taken`] : []),
    ...passkeys,
    ...(row.zapier ? ["its Zapier flag was not taken"] : []),
    ...(row.keys?.some(({ kind }) => kind === "service")
      ? ["its service keys were not taken"]
      : []),
  ];
}

function ms(at: Date | null): number | null {
  return at === null ? null : at.getTime();
}
