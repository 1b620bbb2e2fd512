import type { Context } from "../ports.ts";
import type { EndedSession } from "./sessions.ts";

/** What people know a session by: their own name for it, its app's, or its program; null for none. */
export function sessionInWords(
  { userAgents }: Context,
  { name, appName, userAgent }: Pick<EndedSession, "name" | "appName" | "userAgent">,
): string | null {
  const { browser, os } = userAgents.describe(userAgent);
  return name ?? appName ?? ([browser, os].filter(Boolean).join(", ") || null);
}
