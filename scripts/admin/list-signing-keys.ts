import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { inUtc } from "./in-utc.ts";
import {
  type SigningKey,
  type SigningKeyState,
  selectSigningKeys,
  signingKeysFrom,
} from "./signing-key-state.ts";
import { task } from "./task.ts";

/** Reads, and writes nothing. */
export const listSigningKeys = command({
  summary: "Lists the keys that sign access tokens, and what each is for",
  options: {},
  onlyReads: true,
  examples: [""],

  plan: () =>
    task({
      intent: "list the signing keys",
      readsOnly: true,
      statements: { keys: selectSigningKeys },
      report({ keys }) {
        if (keys.length === 0) {
          return ["There is no signing key yet: the first sign-in makes one."];
        }
        const rows = signingKeysFrom(keys).map(({ kid, state, secretId, ...times }) => [
          kid,
          state,
          secretId,
          whenOf(state, times),
        ]);
        return asTable([["kid", "state", "secret", ""], ...rows]);
      },
    }),
});

function whenOf(
  state: SigningKeyState,
  { activatesAt, withdrawnAt }: Pick<SigningKey, "activatesAt" | "withdrawnAt">,
): string {
  if (withdrawnAt !== null) {
    return `withdrawn ${inUtc(withdrawnAt)}`;
  }
  return state === "unused"
    ? "never signs: a newer one came before it"
    : `signs from ${inUtc(activatesAt)}`;
}
