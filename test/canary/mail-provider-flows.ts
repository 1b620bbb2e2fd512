import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { resendTold, WEBHOOKS } from "../support/resend-told.ts";
import type { Flow, Watch } from "./watch.ts";

/** Everything that a mail provider tells. */
export const mailProviderFlows: readonly Flow[] = [tellOfBounce];

async function tellOfBounce(watch: Watch): Promise<void> {
  const { RESEND_API_KEY, RESEND_WEBHOOK_SECRET } = WEBHOOKS;
  for (const secret of [RESEND_API_KEY, RESEND_WEBHOOK_SECRET]) {
    watch.typed("a mail provider's secret", secret);
  }
  const service = watch.service(WEBHOOKS);
  const tags = { latchkey_tenant: DEFAULT_TENANT_ID };
  const data = { to: [watch.somebody().email], tags, bounce: { type: "Permanent" } };
  await resendTold(service, { type: "email.bounced", data });
  await resendTold(service, { type: "email.bounced", data }, { agedSeconds: 3600 });
}
