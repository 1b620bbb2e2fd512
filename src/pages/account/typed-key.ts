import type { Texts } from "../../texts/texts.ts";
import type { Form } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { nameProblems, typedName } from "./typed-name.ts";

/** What a key may be allowed. */
export const KEY_SCOPES = ["profile:read", "profile:write"] as const;
/** How many days a key may live. */
export const KEY_LIVES = ["30", "90", "365", "never"] as const;

const DAY_MS = 86_400_000;

/** A key as it was asked for, to be shown again where something is wrong with it. */
export interface TypedKey {
  name: string;
  scopes: readonly (typeof KEY_SCOPES)[number][];
  /** Null for what is not among the choices. */
  life: (typeof KEY_LIVES)[number] | null;
}

/** What the form holds before anybody types. */
export const BLANK_KEY: TypedKey = { name: "", scopes: ["profile:read"], life: "90" };

export function typedKey(form: Form): TypedKey {
  return {
    name: form.name?.trim() ?? "",
    scopes: KEY_SCOPES.filter((scope) => form[scope] !== undefined),
    life: KEY_LIVES.find((life) => life === form.life) ?? null,
  };
}

/** Everything that is wrong with it, in words. */
export function keyProblems(texts: Texts, { name, scopes, life }: TypedKey): FormProblem[] {
  const { mayMissing, livesMissing } = texts.accountKeys.create;
  const { error } = typedName.safeParse(name);
  return [
    ...(error ? nameProblems(texts, error) : []),
    ...(scopes.length === 0 ? [inFields(mayMissing, ...KEY_SCOPES)] : []),
    ...(life === null ? [inFields(livesMissing, "life")] : []),
  ];
}

/** When a key ends that is made now; null for one that never does. */
export function expiryOf({ life }: TypedKey, now: Date): Date | null {
  return life === null || life === "never" ? null : new Date(now.getTime() + Number(life) * DAY_MS);
}
