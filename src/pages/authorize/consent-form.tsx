import type { Context as HttpContext } from "hono";
import type { Caller } from "../../core/caller/caller.ts";
import type { Client } from "../../core/client/client.ts";
import { mayRefresh } from "../../core/client/session-life.ts";
import {
  type AuthorizationRequest,
  sealAuthorizationRequest,
} from "../../core/oauth/authorization-request.ts";
import type { Context } from "../../core/ports.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";
import { formTarget } from "../form/form-target.ts";
import { formTokenFor } from "../form/form-token.ts";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { SignedInAs } from "../session/signed-in-as.tsx";
import { consentPath } from "../sign-in/return-to.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { AskedScopes } from "./asked-scopes.tsx";
import { WhoAsks } from "./who-asks.tsx";

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
  const texts = textsOf(http);
  const [sealed, formToken] = await Promise.all([
    sealAuthorizationRequest(context, request),
    formTokenFor(context, caller.session.id),
  ]);
  http.set("formTarget", formTarget(request.redirectUri));
  return page(
    http,
    { title: texts.consent.title },
    <>
      <h1>{texts.consent.heading}</h1>
      <WhoAsks texts={texts} words={texts.consent} client={client} />
      <form method="post" action="/oauth/consent">
        <input type="hidden" name="csrf" value={formToken} />
        <input type="hidden" name="request" value={sealed} />
        <AskedScopes
          texts={texts}
          asked={request.scopes}
          shown={meant(request, client)}
          resources={request.resources}
          isChoice
        />
        <WhereItLeads texts={texts} redirectUri={request.redirectUri} />
        <div class="choice">
          <button type="submit" name="decision" value="allow">
            {texts.consent.allow}
          </button>
          <button type="submit" name="decision" value="deny">
            {texts.consent.deny}
          </button>
        </div>
      </form>
      <SignedInAs
        texts={texts}
        caller={caller}
        formToken={formToken}
        returnPath={consentPath(sealed)}
      />
    </>,
  );
}

function WhereItLeads({ texts, redirectUri }: { texts: Texts; redirectUri: string }) {
  const { leadsTo, advice, sessions } = texts.consent;
  return (
    <>
      <h2>{leadsTo}</h2>
      <p>
        <ForeignText
          texts={texts}
          text={hostOf(texts, redirectUri)}
          maxLength={ADDRESS_MAX_LENGTH}
        />
      </p>
      <p class="hint">
        <Sentence of={advice} link={<a href="/account/sessions">{sessions}</a>} />
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
function hostOf({ consent }: Texts, redirectUri: string): string {
  const { host, protocol, hostname } = new URL(redirectUri);
  if (!/^https?:$/.test(protocol)) {
    return fill(consent.appHere, { scheme: protocol });
  }
  return /^(127\.0\.0\.1|\[::1\])$/.test(hostname) ? fill(consent.programHere, { host }) : host;
}
