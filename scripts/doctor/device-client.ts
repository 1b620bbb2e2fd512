import { type Answer, ask } from "./ask.ts";
import { type Finding, fail, skip } from "./finding.ts";
import type { Patient } from "./patient.ts";

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

export interface Started {
  deviceCode: string;
  userCode: string;
  intervalSeconds: number;
}

/** Starts a device grant. A finding says why there is none. */
export async function startDevice(patient: Patient): Promise<Started | Finding> {
  if (patient.clientId === null) {
    return skip("This needs a public client with the device grant.", "Give --client-id.");
  }
  const { status, text, body } = await ask(patient, "/oauth/device_authorization", {
    form: { client_id: patient.clientId },
  });
  const { device_code, user_code, interval } = body;
  return status === 200 && typeof device_code === "string" && typeof user_code === "string"
    ? { deviceCode: device_code, userCode: user_code, intervalSeconds: Number(interval ?? 5) }
    : fail(
        `The device authorization endpoint answered ${status}: ${text.slice(0, 200)}`,
        "Make a client: npm run admin -- create-client --grants device_code,refresh_token, and give its id.",
      );
}

/** A poll with a device code. */
export function poll(patient: Patient, deviceCode: string): Promise<Answer> {
  return ask(patient, "/oauth/token", {
    form: {
      grant_type: DEVICE_CODE,
      device_code: deviceCode,
      client_id: patient.clientId ?? "",
    },
  });
}

/** What a poll came to in a word: the error code, or "tokens". */
export function said({ status, body }: Answer): string {
  return status === 200 ? "tokens" : String(body["error"] ?? status);
}

export function isFinding(given: object): given is Finding {
  return "outcome" in given;
}
