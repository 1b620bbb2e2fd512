import { newPerson } from "../../live/support/person.ts";
import { addPasskey } from "../support/add-passkey.ts";
import { addAuthenticator } from "../support/authenticator.ts";
import { leaveOffersAlone } from "../support/leave-offers-alone.ts";
import { openPath } from "../support/open-path.ts";
import { signIn } from "../support/sign-in.ts";
import { somebodySignedIn } from "../support/somebody-signed-in.ts";
import { somebodyWithPasskey } from "../support/somebody-with-passkey.ts";
import type { State } from "./state.ts";

/** Seeing to one's passkeys, and being asked for one. */
export const passkeyStates: readonly State[] = [
  {
    name: "account-passkeys-none",
    title: ({ accountPasskeys }) => accountPasskeys.title,
    async reach(page) {
      await somebodySignedIn(page);
      return openPath(page, "/account/passkeys");
    },
  },
  {
    name: "account-passkeys",
    title: ({ accountPasskeys }) => accountPasskeys.title,
    async reach(page) {
      await addAuthenticator(page);
      await signIn(page, await newPerson());
      return addPasskey(page, "My phone");
    },
  },
  {
    name: "second-factor-or-passkey",
    title: ({ secondFactor }) => secondFactor.title,
    async reach(page) {
      const person = await somebodyWithPasskey(page, "My phone");
      await leaveOffersAlone(page);
      await page.context().clearCookies();
      return signIn(page, person);
    },
  },
];
