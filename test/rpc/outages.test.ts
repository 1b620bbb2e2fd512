import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { Auth } from "../../src/index.ts";
import type { Bindings } from "../../src/ports.ts";
import type { AuthService } from "../../src/rpc/auth-service.ts";
import { createdKey } from "../support/api-keys.ts";
import { breakCall, refuses } from "../support/break-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { spaTokens } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { auth, failureOf } from "./entrypoint.ts";

beforeAll(registerOAuthClients);

const CANNOT_ANSWER = "Latchkey cannot answer now. Answer 503 and let nobody in.";
const service = startPostOffice();

const calls: Readonly<Record<string, (token: string, key: string) => Promise<unknown>>> = {
  verify: (token) => auth().verify(token),
  introspect: (token) => auth().introspect(token),
  "introspect, with a key": (_, key) => auth().introspect(key),
  verifyKey: (_, key) => auth().verifyKey(key),
};

it.each(Object.entries(calls))(
  "%s rejects without a cause where a store fails, which is logged without the token",
  async (_, call) => {
    const { accessToken } = await signedIn(service);
    const { key } = await createdKey(service, accessToken);
    await call(accessToken, key);
    const log = logLines();

    const error = await breakCall(0, refuses, () => failureOf(() => call(accessToken, key)));

    expect(error).toMatchObject({ message: CANNOT_ANSWER });
    expect(error).not.toHaveProperty("cause");
    expect(log.text()).toContain("injected outage");
    expect(log.text()).not.toContain(accessToken);
    expect(log.text()).not.toContain(key);
  },
);

it("settings that are wrong are told to the log alone", async () => {
  const log = logLines();
  const wrong = new Auth(createExecutionContext(), {
    ...env,
    AUTH_SECRET: "too short",
  } as Bindings);

  const error = await failureOf(() => wrong.verify("x"));

  expect(error).toMatchObject({ message: CANNOT_ANSWER });
  expect(log.text()).toContain("AUTH_SECRET is shorter than 32 characters");
});

it("a use that cannot be written down is logged, and the key is good all the same", async () => {
  const { accessToken } = await signedIn(service);
  const { key, id } = await createdKey(service, accessToken);
  const log = logLines();

  const verified = await breakCall(1, refuses, () => auth().verifyKey(key));

  expect(verified).toMatchObject({ keyId: id });
  expect(log.parsed()).toContainEqual(
    expect.objectContaining({ level: "error", rpc: "verifyKey", after_answer: true }),
  );
});

it("a call leaves one line: which it was, whether the token was good, and nothing of it", async () => {
  const { access_token, refresh_token } = await spaTokens(service);
  const log = logLines();

  const methods: (keyof AuthService)[] = ["verify", "introspect", "verifyKey"];
  for (const method of methods) {
    await auth()[method](access_token);
    await auth()[method](`${refresh_token}x`);
  }

  const asked = { d1: { calls: 1, milliseconds: expect.any(Number) } };
  expect(log.parsed()).toEqual(
    methods.flatMap((rpc) =>
      [true, false].map((good) => ({
        level: "info",
        rpc,
        good,
        milliseconds: expect.any(Number),
        stores: good ? asked : {},
      })),
    ),
  );
});
