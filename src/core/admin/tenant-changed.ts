import type { Context } from "../ports.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { operatorEvent } from "./admin-event.ts";
import type { Deed } from "./deed.ts";
import { tenantTarget } from "./tenant-target.ts";

/** What is written down of a change of a tenant's settings; `subject` names them. */
export function tenantChanged(
  context: Context,
  caller: AdminCaller,
  { slug, subject }: { slug: string; subject: string | null },
): Deed {
  return operatorEvent(context, caller, "tenant-changed", {
    targetId: tenantTarget(slug),
    subject,
  });
}
