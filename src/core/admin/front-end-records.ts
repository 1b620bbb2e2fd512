import type { FrontEnd } from "../tenant/front-end.ts";
import type { Deed } from "./deed.ts";

/** Front ends as operators change them, with the event that tells of it: both or neither. */
export interface FrontEndRecords {
  /**
   * In place of the site that the alias named before; where it is that one, nothing is written. Gives it as it
   * is afterwards; null when the deed's session has ended.
   */
  allow(
    tenantId: string,
    frontEnd: Pick<FrontEnd, "id" | "alias" | "url">,
    event: Deed,
  ): Promise<FrontEnd | null>;
  /** False when there is none of that alias. */
  remove(tenantId: string, alias: string, event: Deed): Promise<boolean>;
}
