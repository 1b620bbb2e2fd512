import { and, isNull, or, type SQL, type SQLWrapper } from "drizzle-orm";
import { isClientThere } from "./is-client-there.ts";
import { accounts, sessions } from "./schema.ts";
import { isLive } from "./session-columns.ts";

/** Of a session beside its account: that it lets them in at this moment. One for a client ends with that client. */
export function letsIn(now: SQLWrapper): SQL | undefined {
  return and(
    isLive(now),
    isNull(accounts.disabledAt),
    or(isNull(sessions.clientId), isClientThere({ ...sessions, since: sessions.createdAt })),
  );
}
