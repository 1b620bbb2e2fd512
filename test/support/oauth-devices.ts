import { vi } from "vitest";
import { DeviceGrantObject } from "../../src/storage/durable/device-grant.ts";
import { decide } from "./devices.ts";
import {
  askToken,
  DEVICE_CODE_GRANT,
  type FormFields,
  startedGrant,
  type TokenBody,
} from "./oauth.ts";
import { signedIn } from "./people.ts";
import type { Answer, TestService } from "./service.ts";

/** Polls at the token endpoint, as `test-oauth-tv` unless told. */
export function pollGrant(
  service: TestService,
  device_code: string,
  fields: FormFields = {},
  headers: Record<string, string> = {},
): Promise<Answer<TokenBody>> {
  const poll = { grant_type: DEVICE_CODE_GRANT, client_id: "test-oauth-tv", device_code };
  return askToken(service, { ...poll, ...fields }, { headers });
}

/** A word that says in short what a poll was told. */
export function heard({ status, body }: Answer<TokenBody>): string {
  return status === 200 ? "tokens" : `${status} ${body.error}`;
}

/** A started grant, and somebody who is signed in to decide it. */
export async function undecidedGrant(service: TestService, fields: FormFields = {}) {
  const [{ accessToken }, { user_code, device_code }] = await Promise.all([
    signedIn(service),
    startedGrant(service, fields),
  ]);
  return {
    deviceCode: device_code,
    userCode: user_code,
    decide: (word: { approve?: boolean; scopes?: string[] } = {}) =>
      decide(service, accessToken, { userCode: user_code, ...word }),
  };
}

export async function approvedGrant(service: TestService, fields: FormFields = {}) {
  const grant = await undecidedGrant(service, fields);
  const { status } = await grant.decide();
  if (status !== 200) {
    throw new Error(`approving answered ${status}`);
  }
  return grant;
}

const LONGEST_SECONDS = 25;

/**
 * A poll that the grant's object holds by the time this is returned. Where nothing shorter is said its
 * time does not run out, so that something else has to end it.
 */
export async function heldPoll(
  service: TestService,
  deviceCode: string,
  seconds = LONGEST_SECONDS,
  fields: FormFields = {},
): Promise<{ answer: Promise<Answer<TokenBody>> }> {
  const { setTimeout: run } = globalThis;
  globalThis.setTimeout = ((work: () => void, milliseconds = 0) =>
    run(
      milliseconds > (LONGEST_SECONDS - 1) * 1000 ? () => undefined : work,
      milliseconds,
    )) as typeof setTimeout;
  const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");
  let isAnswered = false;
  const answer = pollGrant(service, deviceCode, fields, { prefer: `wait=${seconds}` }).finally(
    () => {
      isAnswered = true;
    },
  );
  // Looks on from outside: what the object itself would tell would come out of its own turn.
  while (hold.mock.calls.length === 0 && !isAnswered) {
    await scheduler.wait(1);
  }
  const wasHeld = hold.mock.calls.length > 0;
  hold.mockRestore();
  globalThis.setTimeout = run;
  if (!wasHeld) {
    throw new Error("the poll was not held");
  }
  return { answer };
}
