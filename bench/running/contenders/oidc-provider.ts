import { type Contender, expectAnswer } from "../load/contender.ts";
import { postForm, textIn } from "./json.ts";
import { endless, lasting } from "./supplies.ts";

const askForDevice = () => postForm("/device/auth", { client_id: "tv" });

export function deviceStart(): Contender<number> {
  return {
    prepare: endless(),
    ask: askForDevice,
    read(answer, number) {
      expectAnswer(answer, 200, '"device_code"');
      return number;
    },
  };
}

/** It paces nobody: a few devices poll as fast as they can. */
export function devicePoll(): Contender<string> {
  return {
    prepare: lasting(async (send) => textIn((await send(askForDevice())).body, "device_code")),
    ask: (device_code) =>
      postForm("/token", {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        device_code,
        client_id: "tv",
      }),
    read(answer, code) {
      expectAnswer(answer, 400, '"authorization_pending"');
      return code;
    },
  };
}
