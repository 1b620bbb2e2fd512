import * as client from "openid-client";
import type { NewClient } from "../../../scripts/new-client.ts";
import { anAddress } from "./an-address.ts";
import { issuer } from "./issuer.ts";

/**
 * A client as its owner would set it up, at an address of its own: it finds every endpoint by itself,
 * and checks the signature of each ID token. Plain HTTP is allowed, as on any laptop.
 */
export function discovered(
  { id, secret }: NewClient,
  authentication = secret === null ? client.None() : client.ClientSecretBasic(secret),
): Promise<client.Configuration> {
  return client.discovery(new URL(issuer), id, {}, authentication, {
    [client.customFetch]: fetchFrom(anAddress()),
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
}

/** The platform's own fetch, from an address. */
export function fetchFrom(address: string): client.CustomFetch {
  return (url, options) =>
    fetch(url, {
      ...(options as RequestInit),
      headers: { ...options.headers, "cf-connecting-ip": address },
    });
}
