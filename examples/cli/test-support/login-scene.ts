import type { TestContext } from "node:test";
import { run } from "../run.ts";
import { tokenFile } from "../sign-in/token-file.ts";
import type { Surroundings } from "../surroundings.ts";
import { type Reply, type Route, scriptedServer } from "./scripted-server.ts";
import { testSurroundings } from "./test-surroundings.ts";

/** What starting a sign-in answers. */
export const grant = {
  device_code: "device-1",
  user_code: "BCDF-GHJK",
  verification_uri: "https://auth.example.test/device",
  verification_uri_complete: "https://auth.example.test/device?user_code=BCDF-GHJK",
  expires_in: 900,
  interval: 5,
};

/** What a confirmed sign-in answers. */
export const tokens = {
  access_token: "access-1",
  token_type: "Bearer",
  expires_in: 900,
  scope: "openid profile",
  refresh_token: "refresh-1",
};

/** What one answers that nobody has confirmed yet. */
export const pending: Reply = { status: 400, body: { error: "authorization_pending" } };

interface LoginScene {
  readonly token: Route;
  readonly started?: Partial<typeof grant>;
  /** Instead of a start that succeeds. */
  readonly start?: Reply;
  readonly announced?: Readonly<Record<string, unknown>>;
  readonly surroundings?: Partial<Surroundings>;
}

/** Somebody about to sign in, at a server that answers polls as a test wants. */
export async function loginScene(
  t: TestContext,
  { token, started, start, announced = {}, surroundings }: LoginScene,
) {
  const server = await scriptedServer(t, {
    announced,
    routes: {
      "/device_authorization": () => start ?? { body: { ...grant, ...started } },
      "/token": token,
      "/revoke": () => ({}),
    },
  });
  const around = await testSurroundings(t, surroundings);
  const login = (...more: string[]) => run(["login", "--issuer", server.issuer, ...more], around);
  return { server, around, login, path: tokenFile(server.issuer, around.directory) };
}
