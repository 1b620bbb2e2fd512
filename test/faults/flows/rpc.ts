import { auth } from "../../rpc/entrypoint.ts";
import { createdKey } from "../../support/api-keys.ts";
import { askToken, BACKEND, tokensIn } from "../../support/oauth.ts";
import type { Flows, Send } from "../support/flow.ts";
import { redact } from "../support/redact.ts";
import type { Scene } from "../support/scene.ts";

/** By method, and what is special about it after a colon. */
export const rpc: Flows = {
  verify: { prepare: (scene) => withToken(scene, (token) => auth().verify(token)) },
  "verify: of a client's own token": {
    async prepare({ helper }) {
      const { access_token } = tokensIn(
        await askToken(helper, { grant_type: "client_credentials" }, BACKEND),
      );
      return calls(() => auth().verify(access_token));
    },
  },
  introspect: { prepare: (scene) => withToken(scene, (token) => auth().introspect(token)) },
  "introspect: of a key": { prepare: (scene) => withKey(scene, (key) => auth().introspect(key)) },
  verifyKey: { prepare: (scene) => withKey(scene, (key) => auth().verifyKey(key)) },
};

async function withToken(
  { signedIn }: Scene,
  call: (token: string) => Promise<unknown>,
): Promise<Send> {
  const { bearer } = await signedIn();
  // Other Workers ask one isolate, which remembers its signing keys from here on.
  await call(bearer);
  return calls(() => call(bearer));
}

async function withKey(
  { helper, signedIn }: Scene,
  call: (key: string) => Promise<unknown>,
): Promise<Send> {
  const { bearer } = await signedIn();
  const { key } = await createdKey(helper, bearer);
  return calls(() => call(key));
}

/** What the other Worker gets, or the sentence that its call rejects with. */
function calls(call: () => Promise<unknown>): Send {
  return async () => {
    const nothing = { retryAfter: null, tokens: [] };
    try {
      return { ...nothing, status: "answered", says: redact(structuredClone(await call())) };
    } catch (error) {
      return { ...nothing, status: "rejected", says: (error as Error).message };
    }
  };
}
