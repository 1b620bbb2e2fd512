import type { Page, Response } from "playwright-core";
import type { NewClient } from "../../../scripts/new-client.ts";
import { discovered } from "../../live/support/discovered.ts";
import { prepareSignIn } from "../../live/support/sign-in.ts";
import { testClients } from "../../live/support/test-clients.ts";
import { hostileClient } from "../support/browser-clients.ts";
import { openPath } from "../support/open-path.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import type { State } from "./state.ts";

/** What an app asks a person for. */
export const consentStates: readonly State[] = [
  {
    name: "consent",
    title: ({ consent }) => consent.title,
    reach: (page) => askForConsent(page, testClients.app),
  },
  {
    name: "consent-hostile-name",
    title: ({ consent }) => consent.title,
    reach: (page) => askForConsent(page, hostileClient),
  },
  {
    name: "consent-unknown-app",
    status: 400,
    title: ({ authorizationErrors }) => authorizationErrors.client_unknown.title,
    reach: (page) =>
      openPath(page, "/oauth/authorize?client_id=nobody&redirect_uri=https://nobody.example"),
  },
  {
    name: "consent-expired",
    status: 400,
    title: ({ authorizationErrors }) => authorizationErrors.expired_token.title,
    reach: (page) => openPath(page, "/oauth/consent?request=expired"),
  },
];

async function askForConsent(page: Page, client: NewClient): Promise<Response> {
  await somebodySignedIn(page);
  const { request } = await prepareSignIn(await discovered(client));
  return openPath(page, request);
}
