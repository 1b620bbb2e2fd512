/** What comes from the package. In your own project: "latchkey/client" and "latchkey/client/node". */
export {
  asTokens,
  createClient,
  type DeviceSignIn,
  discover,
  LatchkeyError,
  memoryStorage,
  type OAuthClient,
  type TokenStorage,
  type Tokens,
} from "../../client/client.ts";
export { fileStorage, readPrivateFile, writePrivateFile } from "../../client/node.ts";
