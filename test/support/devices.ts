import { TV } from "./clients.ts";
import type { SignedInBody } from "./people.ts";
import type { Answer, Asked, TestService } from "./service.ts";

export interface StartedBody {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  verificationUriComplete: string;
  expiresIn: number;
  interval: number;
}

export interface ErrorBody {
  error: { code: string; message: string; fields?: Record<string, string> };
}

/** Starts a device grant over HTTP. */
export async function startedDevice(
  service: TestService,
  {
    clientId = TV,
    scopes,
    place,
    address,
  }: {
    clientId?: string;
    scopes?: string[];
    place?: Asked["place"];
    address?: string;
  } = {},
): Promise<StartedBody> {
  const { status, body } = await service.ask<StartedBody>("/api/v2/auth/device", {
    body: { clientId, ...(scopes && { scopes }) },
    ...(place && { place }),
    ...(address && { address }),
  });
  if (status !== 200) {
    throw new Error(`starting a device answered ${status}`);
  }
  return body;
}

export function poll(
  service: TestService,
  deviceCode: string,
  clientId = TV,
): Promise<Answer<SignedInBody & ErrorBody>> {
  return service.ask("/api/v2/auth/device/token", { body: { deviceCode, clientId } });
}

export function decide(
  service: TestService,
  bearer: string,
  body: { userCode: string; approve?: boolean; scopes?: string[] },
  place?: Asked["place"],
): Promise<Answer<ErrorBody & { success?: true; message?: string }>> {
  return service.ask("/api/v2/auth/device/authorize", { bearer, body, ...(place && { place }) });
}
