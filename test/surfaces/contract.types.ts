import { z } from "zod";
import { passwordReset, session, tokens } from "../../src/surfaces/planasonix/replies.ts";
import {
  credentials,
  deviceDecision,
  refreshToken,
} from "../../src/surfaces/planasonix/requests.ts";
import { terms } from "../../src/surfaces/planasonix/terms.ts";
import { from } from "../../src/surfaces/request.ts";
import { surface } from "../../src/surfaces/surface.ts";

// What a contract must not be able to say, checked by the compiler: each line below that it lets
// through is an error of its own.

const word = [400, "", ""] as const;
const universal = {
  invalid_request: word,
  unsupported_media_type: word,
  body_too_large: word,
  route_unknown: word,
  method_not_allowed: word,
  rate_limited: word,
  unavailable: word,
  internal: word,
};
const device = {
  user_code_unknown: word,
  user_code_expired: word,
  user_code_decided: word,
  scope_not_allowed: word,
  place_differs: word,
};
const caller = {
  unauthenticated: word,
  access_token_invalid: word,
  insufficient_scope: word,
  password_change_required: word,
};

const refuse = () => ({ body: {} });
const decided = () => ({ body: {} });
const base = { terms, bases: ["/x"], refuse } as const;

const signIn = ["POST /x", "anyone", credentials, 200, session] as const;
const decide = ["POST /x", "bearer", deviceDecision, 200, decided] as const;
const signInWords = {
  ...universal,
  invalid_credentials: word,
  second_factor_required: word,
  second_factor_invalid: word,
};
const decideWords = { ...universal, ...device, ...caller };

surface({ ...base, routes: { signIn }, refusals: signInWords });
surface({ ...base, routes: { decideDeviceGrant: decide }, refusals: decideWords });

// @ts-expect-error has no word for a reason that its operation can give
surface({ ...base, routes: { signIn }, refusals: universal });

// @ts-expect-error has no word for what any request can meet
surface({ ...base, routes: {}, refusals: {} });

const noCaller = { ...universal, ...device };
// @ts-expect-error has no word for a caller's bad token
surface({ ...base, routes: { decideDeviceGrant: decide }, refusals: noCaller });

const open = ["POST /x", "anyone", deviceDecision, 200, decided] as const;
// @ts-expect-error opens to anyone what needs a caller
surface({ ...base, routes: { decideDeviceGrant: open }, refusals: decideWords });

const guarded = ["POST /x", "bearer", credentials, 200, session] as const;
// @ts-expect-error asks a caller of an operation that takes none
surface({ ...base, routes: { signIn: guarded }, refusals: signInWords });

const byPage = ["POST /x", "bearer or page", deviceDecision, 200, decided] as const;
// @ts-expect-error has no word for a page's cookie that another site may have sent along
surface({ ...base, routes: { decideDeviceGrant: byPage }, refusals: decideWords });

const byKey = ["POST /x", "bearer or key", deviceDecision, 200, decided] as const;
// @ts-expect-error opens to a key what only a person may do
surface({ ...base, routes: { decideDeviceGrant: byKey }, refusals: decideWords });

const emailAlone = from("body", z.object({ email: z.string() }));
const less = ["POST /x", "anyone", emailAlone, 200, session] as const;
// @ts-expect-error asks for less than the operation needs
surface({ ...base, routes: { signIn: less }, refusals: signInWords });

const foreign = ["POST /x", "anyone", credentials, 200, tokens] as const;
// @ts-expect-error replies with another operation's output
surface({ ...base, routes: { signIn: foreign }, refusals: signInWords });

const unknown = ["POST /x", "anyone", refreshToken, 200, passwordReset] as const;
// @ts-expect-error names an operation that does not exist
surface({ ...base, routes: { logIn: unknown }, refusals: universal });

const head = ["HEAD /x", "anyone", credentials, 200, session] as const;
// @ts-expect-error has an endpoint by a method that no contract uses
surface({ ...base, routes: { signIn: head }, refusals: signInWords });
