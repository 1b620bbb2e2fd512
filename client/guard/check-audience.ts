/**
 * Throws for an audience that is none: of a variable that was never set jose would make "whomever", and
 * no token is for what no client can be registered for. RFC 8707 §2: an absolute URI without a fragment.
 */
export function checkAudience(audience: unknown): void {
  if (typeof audience !== "string" || audience === "") {
    throw new TypeError("An audience has to be named: what this API is called.");
  }
  const isUri = URL.canParse(audience) && /^(?:https?:\/\/|urn:)/.test(audience);
  if (!isUri || audience.includes("#")) {
    throw new TypeError(
      `No token is for ${JSON.stringify(audience)}. An audience is the URI that clients are registered for as their resource, such as https://orders.example`,
    );
  }
}
