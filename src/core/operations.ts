import { register } from "./account/register.ts";
import { requestPasswordReset } from "./account/request-password-reset.ts";
import { resetPassword } from "./account/reset-password.ts";
import { verifyEmail } from "./account/verify-email.ts";
import { decideDeviceGrant } from "./device/decide-device-grant.ts";
import { describeDeviceGrant } from "./device/describe-device-grant.ts";
import { redeemDeviceGrant } from "./device/redeem-device-grant.ts";
import { startDeviceGrant } from "./device/start-device-grant.ts";
import type { CallerReason, Refused } from "./refused.ts";
import { refresh } from "./session/refresh.ts";
import type { Caller } from "./session/session.ts";
import { signIn } from "./session/sign-in.ts";
import { signOut } from "./session/sign-out.ts";

/** What the service does. How a client asks for it is a surface's business. */
export const operations = {
  register,
  verifyEmail,
  requestPasswordReset,
  resetPassword,
  signIn,
  refresh,
  signOut,
  startDeviceGrant,
  describeDeviceGrant,
  decideDeviceGrant,
  redeemDeviceGrant,
};

type Operations = typeof operations;
type Returned<Op extends Operation> = Awaited<ReturnType<Operations[Op]>>;

export type Operation = keyof Operations;
export type Input<Op extends Operation> = Parameters<Operations[Op]>[1];
export type Output<Op extends Operation> = Exclude<Returned<Op>, Refused>;

/**
 * Whom an operation serves: anyone, or a caller who proved a session by an access token or, where
 * a row says so, by the cookie of a page.
 */
export type Audience<Op extends Operation> =
  Input<Op> extends { caller: Caller } ? "bearer" | "bearer or page" : "anyone";

/** The reasons an operation can give for saying no. */
export type ReasonOf<Op extends Operation> = Op extends Operation
  ? ReasonReturned<Returned<Op>> | (Audience<Op> extends "anyone" ? never : CallerReason)
  : never;

type ReasonReturned<T> = T extends Refused<infer R> ? R : never;
