import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { CHALLENGE } from "../support/authorization.ts";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { startedDevice } from "../support/devices.ts";
import { grantObject } from "../support/durable.ts";
import { logLines } from "../support/log-lines.ts";
import { startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { approvedGrant, heard, pollGrant, undecidedGrant } from "../support/oauth-devices.ts";
import { randomAddress, startService } from "../support/service.ts";

const service = startService();
const SUBPROTOCOL = "latchkey.device-wait";

beforeAll(registerOAuthClients);
beforeAll(registerClients);

function ask(headers: Record<string, string>, query = "", at = service): Promise<Response> {
  return at.fetch(
    new Request(`${service.settings.publicUrl}/oauth/device/wait${query}`, {
      headers: { "cf-connecting-ip": randomAddress(), ...headers },
    }),
  );
}

const connect = (deviceCode: string, query?: string, at?: typeof service) =>
  ask(
    { upgrade: "websocket", "sec-websocket-protocol": `${SUBPROTOCOL}, ${deviceCode}` },
    query,
    at,
  );

/** A socket that is open, everything it hears, and how it ends. */
async function watch(deviceCode: string) {
  const response = await connect(deviceCode);
  const socket = response.webSocket;
  if (!socket) {
    throw new Error(`no socket: ${response.status} ${await response.text()}`);
  }
  const heardOnIt: string[] = [];
  const closed = new Promise<{ code: number; wasClean: boolean; heard: string[] }>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      heardOnIt.push(String(data));
    });
    socket.addEventListener("close", ({ code, wasClean }) => {
      resolve({ code, wasClean, heard: heardOnIt });
    });
  });
  socket.accept();
  return { response, socket, closed };
}

const DECIDED = { code: 1000, wasClean: true, heard: ["decided"] };

describe("a socket on a device grant", () => {
  it.each([
    ["approval", true],
    ["denial", false],
  ])("is told of the %s once, and closed", async (_, approve) => {
    const { deviceCode, decide } = await undecidedGrant(service);
    const { closed } = await watch(deviceCode);

    await decide({ approve });

    expect(await closed).toEqual(DECIDED);
    expect(heard(await pollGrant(service, deviceCode))).toBe(
      approve ? "tokens" : "400 access_denied",
    );
  });

  it("is opened under the subprotocol alone: its code is neither in the answer nor in the log", async () => {
    const { deviceCode } = await undecidedGrant(service);
    const log = logLines();

    const { status, headers } = await connect(deviceCode);

    expect(status).toBe(101);
    expect(headers.get("sec-websocket-protocol")).toBe(SUBPROTOCOL);
    expect(JSON.stringify([...headers])).not.toContain(deviceCode);
    expect(log.parsed()).toMatchObject([{ operation: "watchDeviceGrant", status: 101 }]);
    expect(log.text()).not.toContain(deviceCode);
  });

  it("is told at once when the decision was before it", async () => {
    const { deviceCode } = await approvedGrant(service);
    const { closed } = await watch(deviceCode);

    expect(await closed).toEqual(DECIDED);
  });

  it("outlasts an eviction of the grant's object", async () => {
    const { deviceCode, userCode, decide } = await undecidedGrant(service);
    const { closed } = await watch(deviceCode);

    await evictDurableObject(grantObject(userCode));
    await decide();

    expect(await closed).toEqual(DECIDED);
  });

  it("is answered each ping, and stays open", async () => {
    const { deviceCode, decide } = await undecidedGrant(service);
    const { socket, closed } = await watch(deviceCode);

    socket.send("ping");
    socket.send("ping");
    await decide({ approve: false });

    expect(await closed).toEqual({ ...DECIDED, heard: ["pong", "pong", "decided"] });
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ["a wish", "approve"],
    ["nothing", ""],
    ["a ping in other letters", "PING"],
    ["a ping in bytes", Uint8Array.from("ping", (letter) => letter.charCodeAt(0))],
    ["many bytes", new Uint8Array(1000)],
  ])("that says anything else is closed for it, and decides nothing: %s", async (_, said) => {
    const { deviceCode, decide } = await undecidedGrant(service);
    const { socket, closed } = await watch(deviceCode);

    socket.send(said);

    expect(await closed).toEqual({ code: 1008, wasClean: true, heard: [] });
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 authorization_pending");
    await decide();
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
  });

  it("needs no verifier, for it brings no tokens", async () => {
    const { deviceCode, decide } = await undecidedGrant(service, {
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
    });
    const { closed } = await watch(deviceCode);
    await decide();

    expect(await closed).toEqual(DECIDED);
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 invalid_grant");
  });

  it("is closed without a word when the grant is forgotten", async () => {
    stopClock();
    const { device_code, user_code } = await startedGrant(service);
    const { closed } = await watch(device_code);
    passSeconds(910);

    await runDurableObjectAlarm(grantObject(user_code));

    expect(await closed).toEqual({ code: 1001, wasClean: true, heard: [] });
  });

  it("is one of five: a sixth is refused until one is closed", async () => {
    const { deviceCode } = await undecidedGrant(service);
    const sockets = await Promise.all(Array.from({ length: 5 }, () => watch(deviceCode)));

    const sixth = await connect(deviceCode);
    expect([sixth.status, await errorOf(sixth)]).toEqual([429, "slow_down"]);
    expect(sixth.headers.get("retry-after")).toMatch(/^\d+$/);
    sockets[0]?.socket.close(1000);
    await sockets[0]?.closed;

    expect((await connect(deviceCode)).status).toBe(101);
  });
});

describe("no socket is opened", () => {
  let deviceCode: string;

  beforeAll(async () => {
    deviceCode = (await undecidedGrant(startService())).deviceCode;
  });

  it.each<[string, () => Promise<string>]>([
    ["for a code that was never issued", async () => "a".repeat(150)],
    ["for the code that the person types", async () => (await undecidedGrant(service)).userCode],
    ["for a code of another contract", async () => (await startedDevice(service)).deviceCode],
    [
      "for a code that has expired",
      async () => {
        stopClock();
        const { device_code } = await startedGrant(service);
        passSeconds(900);
        return device_code;
      },
    ],
    [
      "for a code whose grant is forgotten",
      async () => {
        stopClock();
        const { device_code, user_code } = await startedGrant(service);
        passSeconds(910);
        await runDurableObjectAlarm(grantObject(user_code));
        return device_code;
      },
    ],
  ])("%s", async (_, prepare) => {
    const refused = await connect(await prepare());

    expect([refused.status, await errorOf(refused)]).toEqual([400, "invalid_grant"]);
    expect(refused.webSocket).toBeNull();
  });

  it.each(["REQUEST_FENCE", "RETURN_FENCE"])("behind a closed %s", async (fence) => {
    const { deviceCode } = await undecidedGrant(service);
    const closed = startService({ [fence]: { limit: async () => ({ success: false }) } });

    const refused = await connect(deviceCode, "", closed);

    expect([refused.status, await errorOf(refused)]).toEqual([429, "slow_down"]);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(refused.webSocket).toBeNull();
  });

  it("without an upgrade: says to what", async () => {
    const refused = await ask({ "sec-websocket-protocol": `${SUBPROTOCOL}, ${deviceCode}` });

    expect(refused.status).toBe(426);
    expect(refused.headers.get("upgrade")).toBe("websocket");
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect(await refused.json()).toEqual({
      error: "invalid_request",
      error_description: "The request is not valid. Upgrade must be websocket.",
    });
  });

  it.each(["device_code", "DEVICE_CODE"])("where the URL has a %s", async (name) => {
    const refused = await connect(deviceCode, `?${name}=${deviceCode}`);

    expect([refused.status, await errorOf(refused)]).toEqual([400, "invalid_request"]);
  });

  it.each<[string, (code: string) => string | null]>([
    ["no subprotocol", () => null],
    ["the code alone", (code) => code],
    ["no code", () => SUBPROTOCOL],
    ["an empty code", () => `${SUBPROTOCOL}, `],
    ["another subprotocol", (code) => `chat, ${code}`],
    ["the code first", (code) => `${code}, ${SUBPROTOCOL}`],
    ["a third", (code) => `${SUBPROTOCOL}, ${code}, chat`],
  ])("under %s", async (_, offered) => {
    const protocols = offered(deviceCode);

    const refused = await ask({
      upgrade: "websocket",
      ...(protocols !== null && { "sec-websocket-protocol": protocols }),
    });

    expect([refused.status, await errorOf(refused)]).toEqual([400, "invalid_request"]);
  });
});

async function errorOf(response: Response): Promise<string> {
  return (await response.json<{ error: string }>()).error;
}
