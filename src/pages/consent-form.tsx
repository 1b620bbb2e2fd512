import type { Context as HttpContext } from "hono";
import type { Client } from "../core/client.ts";
import {
  type AuthorizationRequest,
  sealAuthorizationRequest,
} from "../core/oauth/authorization-request.ts";
import { mayRefresh } from "../core/oauth/session-life.ts";
import type { Context } from "../core/ports.ts";
import type { Caller } from "../core/session/session.ts";
import type { AppEnv } from "../http/app-env.ts";
import { AskedScopes } from "./asked-scopes.tsx";
import { ForeignText } from "./foreign-text.tsx";
import { formTarget } from "./form-target.ts";
import { formTokenFor } from "./form-token.ts";
import { page } from "./page.tsx";
import { consentPath } from "./return-to.ts";
import { SignedInAs } from "./signed-in-as.tsx";
import { textsOf } from "./texts-of.ts";

const NAME_MAX_LENGTH = 60;
const ADDRESS_MAX_LENGTH = 120;

interface Asked {
  context: Context;
  caller: Caller;
  client: Client;
  request: AuthorizationRequest;
}

/** Asks a person whether a client may act for them. Both answers weigh the same on the page. */
export async function consentForm(
  http: HttpContext<AppEnv>,
  { context, caller, client, request }: Asked,
): Promise<Response> {
  const [sealed, formToken] = await Promise.all([
    sealAuthorizationRequest(context, request),
    formTokenFor(context, caller.session.id),
  ]);
  http.set("formTarget", formTarget(request.redirectUri));
  return page(
    http,
    { title: "Allow access?" },
    <>
      <Question client={client} request={request} />
      <form class="choice" method="post" action="/oauth/consent">
        <input type="hidden" name="csrf" value={formToken} />
        <input type="hidden" name="request" value={sealed} />
        <button type="submit" name="decision" value="allow">
          Allow
        </button>
        <button type="submit" name="decision" value="deny">
          Deny
        </button>
      </form>
      <SignedInAs
        texts={textsOf(http)}
        caller={caller}
        formToken={formToken}
        returnPath={consentPath(sealed)}
      />
    </>,
  );
}

function Question({ client, request }: Pick<Asked, "client" | "request">) {
  return (
    <>
      <h1>Allow access to your account?</h1>
      <p>
        <strong>
          <ForeignText text={client.name} maxLength={NAME_MAX_LENGTH} />
        </strong>{" "}
        (<ForeignText text={client.id} maxLength={NAME_MAX_LENGTH} />) wants to use your account.
      </p>
      <h2>It asks to</h2>
      <AskedScopes scopes={meant(request, client)} resources={request.resources} />
      <h2>Afterwards you are sent to</h2>
      <p>
        <ForeignText text={hostOf(request.redirectUri)} maxLength={ADDRESS_MAX_LENGTH} />
      </p>
      <p class="hint">
        If you do not know this app or did not start this yourself, deny. You can end its access
        later: sign out in the app, or change your password.
      </p>
    </>
  );
}

/** Whether access lasts is decided by what the client is registered for, whatever it asks. */
function meant({ scopes }: AuthorizationRequest, client: Client): readonly string[] {
  const others = scopes.filter((scope) => scope !== "offline_access");
  return mayRefresh(client) ? [...others, "offline_access"] : others;
}

/** The host, by which people know a site; for an app on their device, the scheme it is called by. */
function hostOf(redirectUri: string): string {
  const { host, protocol, hostname } = new URL(redirectUri);
  if (!/^https?:$/.test(protocol)) {
    return `An app on this device (${protocol})`;
  }
  return /^(127\.0\.0\.1|\[::1\])$/.test(hostname) ? `A program on this device (${host})` : host;
}
