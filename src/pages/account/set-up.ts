import type { Enrolment } from "../../core/second-factor/enrol-totp.ts";
import type { Visit } from "../session/visit.ts";

const PURPOSE = "account-set-up";

/**
 * An enrolment, sealed into the form of the page that shows it: after a wrong code the same key is
 * shown again, and the store never has to give one back. It is good in this session alone.
 */
export function sealSetUp({ context, caller }: Visit, enrolment: Enrolment): Promise<string> {
  const content = { sessionId: caller.session.id, enrolment };
  return context.sealer.seal(PURPOSE, JSON.stringify(content));
}

/** Null for what was not sealed here, or for another session. */
export async function openSetUp(
  { context, caller }: Visit,
  sealed: string | undefined,
): Promise<Enrolment | null> {
  const content = sealed ? await context.sealer.open(PURPOSE, sealed) : null;
  const { sessionId, enrolment } = content ? JSON.parse(content) : { sessionId: null };
  return sessionId === caller.session.id ? enrolment : null;
}
