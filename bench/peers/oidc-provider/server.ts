import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** node-oidc-provider as it comes: in memory, on Node, with the device flow switched on. */
const provider = new Provider("http://127.0.0.1", {
  clients: [
    {
      client_id: "tv",
      token_endpoint_auth_method: "none",
      application_type: "native",
      grant_types: ["urn:ietf:params:oauth:grant-type:device_code"],
      response_types: [],
      redirect_uris: [],
    },
  ],
  features: { deviceFlow: { enabled: true }, devInteractions: { enabled: false } },
  cookies: { keys: ["a key that signs nothing here"] },
});

const server = provider.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once("disconnect", () => process.exit());
