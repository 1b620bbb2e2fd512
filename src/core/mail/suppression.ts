/** An address that is sent nothing for a while. */
export interface Suppression {
  tenantId: string;
  /** In the spelling of `normaliseEmail`. */
  email: string;
  /** A letter came back for good, or its reader called it junk. */
  reason: "bounced" | "complained";
  /** What was said of it, in codes alone. */
  detail: string;
  /** When that was. */
  at: Date;
  /** From then on letters are tried again. */
  until: Date;
}

export interface Suppressions {
  /** What keeps letters from the address at this time, lately ones too; null where nothing does. */
  find(tenantId: string, email: string, now: Date): Promise<Suppression | null>;
  /** Does nothing where as new a one is known, ended or not: what is told twice counts once. */
  add(suppression: Suppression): Promise<void>;
}
