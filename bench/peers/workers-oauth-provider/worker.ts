import { type OAuthHelpers, OAuthProvider } from "@cloudflare/workers-oauth-provider";

interface Bindings {
  OAUTH_KV: KVNamespace;
  OAUTH_PROVIDER: OAuthHelpers;
}

const USER = "00000000-0000-7000-8000-000000000001";

/**
 * The provider as its manual has it in one Worker. Who comes to be authorized is let in unasked: how
 * people sign in there is an application's own business, and is not measured.
 */
const authorization: ExportedHandler<Bindings> = {
  async fetch(request, { OAUTH_PROVIDER }) {
    if (new URL(request.url).pathname === "/client") {
      const client = await OAUTH_PROVIDER.createClient({
        clientName: "Television",
        redirectUris: ["https://client.example/callback"],
        tokenEndpointAuthMethod: "none",
      });
      return Response.json({ client_id: client.clientId });
    }
    const asked = await OAUTH_PROVIDER.parseAuthRequest(request);
    const { redirectTo } = await OAUTH_PROVIDER.completeAuthorization({
      request: asked,
      userId: USER,
      metadata: {},
      scope: asked.scope,
      props: { subject: USER },
      revokeExistingGrants: false,
    });
    return Response.json({ code: new URL(redirectTo).searchParams.get("code") });
  },
};

const api: ExportedHandler<Bindings> & { fetch: ExportedHandlerFetchHandler<Bindings> } = {
  fetch: (_request, _env, ctx) =>
    Response.json((ctx as ExecutionContext & { props: object }).props),
};

export default new OAuthProvider<Bindings>({
  apiRoute: "/api/",
  apiHandler: api as never,
  defaultHandler: authorization,
  authorizeEndpoint: "/authorize",
  tokenEndpoint: "/token",
  resourceMetadata: { resource: "http://localhost:8800" },
});
