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

it("a request is signed for five minutes before and after its time", async () => {
  const at = (seconds: number) =>
    isSigned(SECRET, request, new Date((1_614_265_330 + seconds) * 1000));

  expect(await Promise.all([-301, -300, 300, 301].map(at))).toEqual([false, true, true, false]);
});

it("a request is signed by one of eight signatures at most", async () => {
  const now = new Date(1_614_265_330_000);
  const behind = (others: number) =>
    isSigned(
      SECRET,
      { ...request, signatures: `${"v1,x ".repeat(others)}${request.signatures}` },
      now,
    );

  expect(await Promise.all([0, 7, 8].map(behind))).toEqual([true, true, false]);
});
