import { startService, type TestService } from "../support/service.ts";
import type { Contract, Driver } from "./driver.ts";
import { credebl } from "./drivers/credebl.ts";
import { lnchr } from "./drivers/lnchr.ts";
import { pionne } from "./drivers/pionne.ts";
import { planasonix } from "./drivers/planasonix.ts";
import { planpoint } from "./drivers/planpoint.ts";

/** Every contract the service speaks, for the stories to be told through. */
export const contracts: readonly Contract[] = [planasonix, lnchr, credebl, pionne, planpoint];

type Optional =
  | "join"
  | "register"
  | "refresh"
  | "signOut"
  | "changePassword"
  | "readName"
  | "rename"
  | "recovery"
  | "sessions"
  | "totp"
  | "keys"
  | "device";

/** A contract that is known to offer something. */
export type Offering<K extends Optional> = Omit<Contract, "connect"> & {
  connect(service: TestService): Driver & { [Key in K]: NonNullable<Driver[Key]> };
};

/** The contracts that offer all of this. */
export function offering<K extends Optional>(...wanted: readonly K[]): Offering<K>[] {
  const driver = (contract: Contract) => contract.connect(startService());
  return contracts.filter((contract) =>
    wanted.every((key) => driver(contract)[key] !== null),
  ) as unknown as Offering<K>[];
}

/** Every contract of one list beside every contract of another. */
export function pairs<A extends { contract: string }, B extends { contract: string }>(
  ones: readonly A[],
  others: readonly B[],
): { one: A; other: B; from: string; to: string }[] {
  return ones.flatMap((one) =>
    others.map((other) => ({ one, other, from: one.contract, to: other.contract })),
  );
}
