import type { Context } from "../ports.ts";
import { guarded } from "../session/guarded.ts";
import type { Caller } from "../session/session.ts";
import { CODE_SECONDS, sealAuthorizationCode } from "./authorization-code.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

/** The code that a person's consent gives a client. Nothing is stored for it. RFC 6749 §4.1.2. */
export const grantAuthorization = guarded(
  {},
  async (
    { clock, randomness, sealer }: Context,
    { caller, request }: { caller: Caller; request: AuthorizationRequest },
  ): Promise<{ code: string }> => {
    const { account, session } = caller;
    const { tenantId, clientId, redirectUri, scopes, resources, challenge, nonce } = request;
    const now = clock.now();
    const code = await sealAuthorizationCode(sealer, {
      tenantId,
      clientId,
      redirectUri,
      scopes,
      resources,
      challenge,
      nonce,
      accountId: account.id,
      sessionId: randomness.id(now),
      approvedAt: now.getTime(),
      authenticatedAt: (session.authenticatedAt ?? session.createdAt).getTime(),
      expiresAt: now.getTime() + CODE_SECONDS * 1000,
    });
    return { code };
  },
);
