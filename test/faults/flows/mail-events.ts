import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { resendTold, WEBHOOKS } from "../../support/resend-told.ts";
import { startService } from "../../support/service.ts";
import type { Flows } from "../support/flow.ts";
import { told } from "../support/told.ts";

/** What a mail provider tells. */
export const mailEvents: Flows = {
  "POST /mail/events": {
    async prepare() {
      const service = startService(WEBHOOKS);
      const event = {
        type: "email.bounced",
        created_at: new Date().toISOString(),
        data: {
          to: ["gone@meadow.example"],
          tags: { latchkey_tenant: DEFAULT_TENANT_ID },
          bounce: { type: "Permanent", subType: "General" },
        },
      };
      return async () => told(await resendTold(service, event));
    },
  },
};
