import type { Credentials } from "../account/account.ts";
import type { Context } from "../ports.ts";
import type { SecondFactorProof } from "../second-factor/second-factor.ts";
import type { ExpectedAssertion } from "./ceremonies.ts";

export interface ProvedPasskey {
  credentials: Credentials;
  secondFactor: SecondFactorProof;
}

/**
 * Whose passkey answered, if it answered right: an unknown passkey, a wrong signature and a disabled
 * account are all null. It is not spent yet: the write that opens a session does that, and
 * finds out there whether the authenticator's counter has moved and the passkey still exists.
 */
export async function provePasskey(
  { ceremonies, clock, passkeys, tenantId }: Context,
  answer: string,
  expected: ExpectedAssertion,
): Promise<ProvedPasskey | null> {
  const credentialId = ceremonies.credentialIdIn(answer);
  const found = credentialId === null ? null : await passkeys.findWithOwner(credentialId);
  if (found?.passkey.tenantId !== tenantId || found.credentials.disabled) {
    return null;
  }
  const { passkey, credentials } = found;
  const verified = await ceremonies.verifyAssertion(answer, passkey, expected);
  return (
    verified && {
      credentials,
      secondFactor: {
        kind: "passkey",
        passkeyId: passkey.id,
        ...verified,
        usedAt: clock.now(),
        closes: false,
      },
    }
  );
}
