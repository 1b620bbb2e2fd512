import type { NewClient } from "../../../scripts/new-client.ts";
import { testClients } from "../../live/support/test-clients.ts";

/** A name that tries to run, to turn the text around it and to push everything else off the page. */
export const HOSTILE_NAME = `<script>alert(1)</script>\u202E${"gnp.knab ".repeat(60)}`;

/** What a client may try by what it calls itself. */
export const hostileClient = {
  ...testClients.app,
  id: "hostile",
  name: HOSTILE_NAME,
  owner: HOSTILE_NAME,
  grants: [...testClients.television.grants, "authorization_code"],
} as const satisfies NewClient;

/** Lets in only what is on the network of whoever approves. */
export const homeClient = {
  ...testClients.television,
  id: "home",
  name: "Home Hub",
  samePlace: "network",
} as const satisfies NewClient;

/** The clients of these tests. */
export const browserClients: readonly NewClient[] = [
  ...Object.values(testClients),
  hostileClient,
  homeClient,
];
