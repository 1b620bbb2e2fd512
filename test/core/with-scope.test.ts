import { expect, it } from "vitest";
import type { Caller } from "../../src/core/caller/caller.ts";
import { withScope } from "../../src/core/session/identify.ts";

it.each([
  ["profile:read openid", "openid", "openid"],
  ["profile:read openid", null, "profile:read openid"],
  [null, "openid", null],
  [null, null, null],
])(
  "of a session held to %j a token that says %j may do %j: less at most, and not more by saying nothing",
  (held, said, may) => {
    const caller = { session: { scope: held } } as Caller;

    expect(withScope(caller, said).session.scope).toBe(may);
  },
);
