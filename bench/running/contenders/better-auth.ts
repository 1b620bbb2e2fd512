import { type Answer, type Contender, expectAnswer, type Send } from "../load/contender.ts";
import { ACCOUNTS, emailOf, PASSWORD } from "../people.ts";
import { postJson, textIn } from "./json.ts";
import { endless, lasting, paced, spent } from "./supplies.ts";

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
/** It refuses what comes from another site; see peers/better-auth/start.ts. */
const ORIGIN = { origin: "http://localhost:8800" };

const post = (path: string, body: object, headers = {}) =>
  postJson(`/api/auth${path}`, body, { ...ORIGIN, ...headers });

export function devicePoll(): Contender<string> {
  const ask = (device_code: string) =>
    post("/device/token", { grant_type: DEVICE_CODE, device_code, client_id: "tv" });
  return {
    prepare: paced({
      make: async (send) => textIn((await send(askForDevice())).body, "device_code"),
      use: async (send, code) => {
        expectAnswer(await send(ask(code)), 400, '"authorization_pending"');
      },
    }),
    ask,
    read(answer) {
      expectAnswer(answer, 400, '"authorization_pending"');
      return null;
    },
  };
}

const askForDevice = () => post("/device/code", { client_id: "tv" });

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

const askToSignIn = (number: number) =>
  post("/sign-in/email", { email: emailOf(number % ACCOUNTS), password: PASSWORD });

export function signIn(): Contender<number> {
  return {
    prepare: endless(),
    ask: askToSignIn,
    read(answer, number) {
      expectAnswer(answer, 200, '"token"');
      return number;
    },
  };
}

/** Everything that signing in sets: the session, and where it is on the cache. */
async function cookies(send: Send, number: number): Promise<string> {
  const answer = await send(askToSignIn(number));
  expectAnswer(answer, 200, '"token"');
  return cookiesIn(answer);
}

function cookiesIn({ headers }: Answer): string {
  const set = [headers["set-cookie"] ?? []].flat();
  return set.map((cookie) => cookie.split(";")[0]).join("; ");
}

export function sessionCheck(): Contender<string> {
  return {
    prepare: lasting(cookies),
    ask: (cookie) => ({ method: "GET", path: "/api/auth/get-session", headers: { cookie } }),
    read(answer, cookie) {
      expectAnswer(answer, 200, '@example.test"');
      return cookie;
    },
  };
}

export function signOut(): Contender<string> {
  return {
    prepare: spent(cookies, { "warm-up": 100, measured: 700 }),
    ask: (cookie) => post("/sign-out", {}, { cookie }),
    read(answer) {
      expectAnswer(answer, 200, '{"success":true}');
      return null;
    },
  };
}

let signedUp = 0;

export function signUp(): Contender<number> {
  return {
    prepare: endless(),
    ask: () => {
      signedUp += 1;
      const email = `n-${signedUp}@example.test`;
      return post("/sign-up/email", { email, password: PASSWORD, name: "Robin Example" });
    },
    read(answer, number) {
      expectAnswer(answer, 200, '"token"');
      return number;
    },
  };
}
