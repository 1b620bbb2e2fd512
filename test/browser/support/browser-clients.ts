import type { NewClient } from "../../../scripts/new-client.ts";
import { testClients } from "../../live/support/test-clients.ts";

/** A name that tries to run, to turn the text around it and to push everything else off the page. */
export const HOSTILE_NAME = `<script>alert(1)</script>\u202Egnp.yrtseuq\u0000${"Ä".repeat(500)}`;

/** What a client may try by what it calls itself. */
export const hostileClient = {
  ...testClients.app,
  id: "hostile",
  name: HOSTILE_NAME.replace("\u0000", "\u200B\n"),
  grants: [...testClients.television.grants, "authorization_code"],
} as const satisfies NewClient;

/** The clients of these tests. */
export const browserClients: readonly NewClient[] = [...Object.values(testClients), hostileClient];
