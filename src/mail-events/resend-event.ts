import * as z from "zod";
import { normaliseEmail } from "../core/email-address.ts";
import { EMAIL_MAX_LENGTH } from "../core/email-max-length.ts";
import type { Suppression } from "../core/mail/suppression.ts";

/** By which letters of ours are told from whatever else goes out under the same account. */
const TAG = "latchkey_tenant";
const NAME = /^[A-Za-z]{1,40}$/;

const tags = z.union([
  z.record(z.string(), z.string()),
  z
    .array(z.object({ name: z.string(), value: z.string() }))
    .transform((pairs) => Object.fromEntries(pairs.map(({ name, value }) => [name, value]))),
]);

const event = z.object({
  type: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  data: z.object({
    to: z.array(z.string().max(EMAIL_MAX_LENGTH)).length(1),
    tags: tags.optional(),
    bounce: z.object({ type: z.string(), subType: z.string().optional() }).optional(),
  }),
});

/**
 * What Resend tells of a letter of ours that will not be read: it came back for good, or its reader
 * called it junk. Null for everything else, which a webhook is told of too.
 */
export function readResendEvent(body: unknown): Omit<Suppression, "until"> | null {
  const { success, data: read } = event.safeParse(body);
  const tenantId = read?.data.tags?.[TAG];
  const [to] = read?.data.to ?? [];
  const reason = read && reasonOf(read);
  if (!success || tenantId === undefined || to === undefined || !reason) {
    return null;
  }
  return { tenantId, email: normaliseEmail(to), ...reason, at: new Date(read.created_at) };
}

function reasonOf({
  type,
  data: { bounce },
}: z.infer<typeof event>): Pick<Suppression, "reason" | "detail"> | null {
  if (type === "email.complained") {
    return { reason: "complained", detail: "" };
  }
  if (type === "email.suppressed") {
    return { reason: "bounced", detail: "Suppressed" };
  }
  return type === "email.bounced" && bounce?.type === "Permanent"
    ? { reason: "bounced", detail: NAME.test(bounce.subType ?? "") ? (bounce.subType ?? "") : "" }
    : null;
}
