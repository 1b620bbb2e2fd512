import { expect, it } from "vitest";
import { isSigned } from "../../src/crypto/webhook-signature.ts";

/** The example of the Standard Webhooks specification. */
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY = '{"test": 2432232314}';
const request = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: "1614265330",
  signatures: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  body: new Uint8Array(new TextEncoder().encode(BODY)),
};

it("a request is signed as the specification's own example is", async () => {
  const now = new Date(1_614_265_330_000);
  expect(await isSigned(SECRET, request, now)).toBe(true);
  expect(await isSigned(SECRET, { ...request, timestamp: "1614265331" }, now)).toBe(false);
});
