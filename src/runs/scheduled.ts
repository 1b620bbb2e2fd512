import { write } from "../log/write.ts";
import type { Service } from "../ports.ts";
import { doAll } from "./do-all.ts";

/** What follows upon what was written down in the last minute. */
export function runMinute({ sealEvents, callWebhooks }: Service): Promise<void> {
  return doAll({
    async seal_audit_events() {
      const { sealed, heads, hasMore } = await sealEvents();
      if (sealed > 0) {
        // Whoever rewrites the database does not reach the log: there the heads of the chains stand.
        write("info", { sealed_audit_events: sealed, heads, more_to_seal: hasMore });
      }
    },
    async call_webhooks() {
      await callWebhooks();
    },
  });
}

/** What has its time, by and by. */
export function runHour(service: Service): Promise<void> {
  const { signingKeys, moveToCurrentSecret, countUnderUnknownSecrets, removeExpired } = service;
  return doAll({
    rotate_signing_keys: () => signingKeys.rotate(),
    async move_to_current_secret() {
      const { moved, hasMore } = await moveToCurrentSecret();
      write("info", { moved_to_current_secret: moved, more_to_move: hasMore });
      const counts = await countUnderUnknownSecrets();
      if (Object.values(counts).some((count) => count > 0)) {
        write("error", { under_unknown_secrets: counts, see: "AUTH_SECRET_PREVIOUS" });
      }
    },
    async purge() {
      const { removed, hasMore } = await removeExpired();
      write("info", { purged: removed, more_to_purge: hasMore });
    },
  });
}
