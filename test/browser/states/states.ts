import { accountStates } from "./account.ts";
import { consentStates } from "./consent.ts";
import { deviceStates } from "./device.ts";
import { mailedLinkStates } from "./mailed-links.ts";
import { manageStates } from "./manage.ts";
import { otherStates } from "./other.ts";
import { passkeyStates } from "./passkeys.ts";
import { signInStates } from "./sign-in.ts";
import type { State } from "./state.ts";

/** Every page in every state that people find it in. */
export const states: readonly State[] = [
  ...signInStates,
  ...mailedLinkStates,
  ...deviceStates,
  ...consentStates,
  ...accountStates,
  ...passkeyStates,
  ...manageStates,
  ...otherStates,
];
