import type { Fences } from "../../core/throttle/throttle.ts";

export interface FenceBindings {
  CREDENTIAL_FENCE: RateLimit;
  CREDENTIAL_SITE_FENCE: RateLimit;
  DEVICE_START_FENCE: RateLimit;
  REQUEST_FENCE: RateLimit;
  RETURN_FENCE: RateLimit;
}

/** The Rate Limiting bindings: counted per location and approximately, without a round trip. */
export function rateLimitFences(bindings: FenceBindings): Fences {
  const isOpen = async (fence: RateLimit, key: string) => (await fence.limit({ key })).success;
  return {
    credentials: (address) => isOpen(bindings.CREDENTIAL_FENCE, address),
    credentialSites: (site) => isOpen(bindings.CREDENTIAL_SITE_FENCE, site),
    deviceStart: (address, clientId) =>
      isOpen(bindings.DEVICE_START_FENCE, `${address} ${clientId}`),
    requests: (kind, subject) => isOpen(bindings.REQUEST_FENCE, `${kind} ${subject}`),
    returns: (kind, address) => isOpen(bindings.RETURN_FENCE, `${kind} ${address}`),
  };
}
