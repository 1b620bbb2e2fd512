import type { Asked } from "../../support/service.ts";
import { asks, asksSignedIn } from "../support/asking.ts";
import type { Flows } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

const OWN_ORIGIN = "http://localhost:8787";

/** By operation, and what is special about it after a colon. */
export const planpoint: Flows = {
  impersonate: {
    prepare: asksSignedIn(
      "POST /api/users/login",
      async (_, { member }) => ({ username: (await member()).email, impersonate: true }),
      async ({ member, signedIn }) => signedIn(await member({ role: "superadmin" })),
    ),
  },
  signIn: {
    async prepare({ service, member }) {
      const { email: username, password } = await member();
      return asks(service, "POST /api/users/login", { body: { username, password } });
    },
  },
  "signIn: with a code of the app beside the password": {
    again: 401,
    async prepare({ service, withApp }) {
      const { app, email: username, password } = await withApp();
      const body = { username, password, code: app.code() };
      return asks(service, "POST /api/users/login", { body });
    },
  },
  refresh: {
    prepare: async (scene) =>
      asks(scene.service, "POST /api/users/refresh", await withCookies(scene)),
  },
  signOutIfIn: {
    prepare: async (scene) =>
      asks(scene.service, "POST /api/users/logout", await withCookies(scene)),
  },
  currentAccount: {
    prepare: async (scene) => asks(scene.service, "GET /api/users/me", await withCookies(scene)),
  },
  updateProfile: { prepare: asksSignedIn("PUT /api/users/me", { city: "Graz" }) },
};

/** The browser of somebody who signed in, on a page of our own origin. */
async function withCookies({ helper, member }: Scene): Promise<Asked> {
  const { email: username, password } = await member();
  const { headers } = await helper.ask("/api/users/login", { body: { username, password } });
  const cookie = headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");
  return { headers: { cookie, origin: OWN_ORIGIN } };
}
