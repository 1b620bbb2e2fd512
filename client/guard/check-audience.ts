/** Throws for an audience that is none: of a variable that was never set jose would make "whomever". */
export function checkAudience(audience: unknown): void {
  if (typeof audience !== "string" || audience === "") {
    throw new TypeError("An audience has to be named: what this API is called.");
  }
}
