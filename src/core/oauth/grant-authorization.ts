import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "../ports.ts";
import { CODE_SECONDS, sealAuthorizationCode } from "./authorization-code.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

/** The code that a person's consent gives a client. Nothing is stored for it. RFC 6749 §4.1.2. */
export const grantAuthorization = guarded(
  {},
  async (
    context: Context,
    { caller, request, consentTo = null }: Grant,
  ): Promise<{ code: string }> => {
    const { account, session } = caller;
    const { tenantId, clientId, redirectUri, scopes, resources, challenge, nonce } = request;
    const { clock, randomness, sealer } = context;
    const now = clock.now();
    const sessionId = randomness.id(now);
    const code = await sealAuthorizationCode(sealer, {
      tenantId,
      clientId,
      redirectUri,
      scopes,
      resources,
      challenge,
      nonce,
      accountId: account.id,
      sessionId,
      approvedAt: now.getTime(),
      approvedIn: session.id,
      authenticatedAt: (session.authenticatedAt ?? session.createdAt).getTime(),
      expiresAt: now.getTime() + CODE_SECONDS * 1000,
    });
    if (consentTo) {
      recordEvent(context, "app-approved", {
        tenantId,
        accountId: account.id,
        sessionId,
        clientId,
        subject: consentTo.name,
      });
    }
    return { code };
  },
);

export interface Grant {
  caller: Caller;
  request: AuthorizationRequest;
  /** The client that the person was asked about and let in; absent where nobody has to be asked. */
  consentTo?: Pick<Client, "name"> | null;
}
