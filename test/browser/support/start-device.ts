import * as client from "openid-client";
import type { NewClient } from "../../../scripts/new-client.ts";
import { anAddress } from "../../live/support/an-address.ts";
import { issuer } from "../../live/support/issuer.ts";
import { testClients } from "../../live/support/test-clients.ts";
import { HOME, headersFrom, type Place } from "./place.ts";

const TELEVISION =
  "Mozilla/5.0 (Linux; Android 12; BRAVIA 4K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
const SCOPE = "openid profile email offline_access";

interface Device {
  /** What it is known as. */
  registered?: NewClient;
  place?: Place;
}

/** A device that shows a code and asks, as openid-client does, whether somebody approved. */
export async function startDevice({
  registered = testClients.television,
  place = HOME,
}: Device = {}) {
  const headers = { ...headersFrom(anAddress(), place), "user-agent": TELEVISION };
  const known = await client.discovery(new URL(issuer), registered.id, {}, client.None(), {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: (url, options) =>
      fetch(url, { ...(options as RequestInit), headers: { ...options.headers, ...headers } }),
  });
  const grant = await client.initiateDeviceAuthorization(known, { scope: SCOPE });
  return {
    userCode: grant.user_code,
    /** The address that a QR code holds. */
    link: grant.verification_uri_complete ?? "",
    /** Asks at the pace it was told until there is an answer. Rejects when there are no tokens. */
    poll: () => client.pollDeviceAuthorizationGrant(known, grant),
  };
}
