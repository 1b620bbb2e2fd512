import { API } from "../latchkey/addresses.ts";
import { BACKEND } from "../latchkey/seed.ts";
import { type Ask, type Contender, expectAnswer, type Send } from "../load/contender.ts";
import { ACCOUNTS, emailOf, PASSWORD } from "../people.ts";
import { getWithBearer, postForm, postJson, textIn } from "./json.ts";
import { endless, lasting, paced, spent } from "./supplies.ts";

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

export function devicePoll(): Contender<string> {
  const ask = (device_code: string) =>
    postForm("/oauth/token", { grant_type: DEVICE_CODE, device_code, client_id: "tv" });
  return {
    prepare: paced({
      make: startDevice,
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

const askForDevice = () => postForm("/oauth/device_authorization", { client_id: "tv" });

async function startDevice(send: Send): Promise<string> {
  return textIn((await send(askForDevice())).body, "device_code");
}

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

const credentials = (number: number) => ({ email: emailOf(number % ACCOUNTS), password: PASSWORD });

export function signIn(): Contender<number> {
  return {
    prepare: endless(),
    ask: (number) => postJson("/api/login", credentials(number)),
    read(answer, number) {
      expectAnswer(answer, 200, '"accessToken"');
      return number;
    },
  };
}

/** A session is refreshed 300 times a minute at most: so many of them stay below it. */
const REFRESHED_SESSIONS = 500;

export function refresh(sessions = REFRESHED_SESSIONS): Contender<string> {
  return {
    prepare: lasting(async (send, number) => {
      const { body } = await send(postJson("/api/login", credentials(number)));
      return textIn(body, "refreshToken");
    }, sessions),
    ask: (refreshToken) => postJson("/api/auth/refresh", { refreshToken }),
    read(answer) {
      expectAnswer(answer, 200, '"accessToken"');
      return textIn(answer.body, "refreshToken");
    },
  };
}

const accessToken = async (send: Send, number: number) => {
  const { body } = await send(postJson("/api/login", credentials(number)));
  return textIn(body, "accessToken");
};

export function readWithToken(): Contender<string> {
  return {
    prepare: lasting(accessToken),
    ask: (token) => getWithBearer("/api/user/profile", token),
    read(answer, token) {
      expectAnswer(answer, 200, '@example.test"');
      return token;
    },
  };
}

/** Pionne's tokens are opaque: the session behind one is found, and no signature checked. */
export function readWithOpaqueToken(): Contender<string> {
  return {
    prepare: lasting(async (send, number) => {
      const { body } = await send(postJson("/api/auth/login", credentials(number)));
      return textIn(body, "token");
    }),
    ask: (token) => getWithBearer("/api/auth/me", token),
    read(answer, token) {
      expectAnswer(answer, 200, '@example.test"');
      return token;
    },
  };
}

export function publicKeys(): Contender<number> {
  return {
    prepare: endless(),
    ask: () => ({ method: "GET", path: "/.well-known/jwks.json", headers: {} }),
    read(answer, number) {
      expectAnswer(answer, 200, '"keys":[{');
      return number;
    },
  };
}

/** As the client that proves itself with a secret. */
function asBackend(ask: Ask): Ask {
  return { ...ask, headers: { ...ask.headers, authorization: BACKEND } };
}

/** A client's own token, which is issued without a person: one is as good as another to verify. */
const clientToken = async (send: Send) => {
  const fields = { grant_type: "client_credentials", scope: "reports", resource: API };
  const { body } = await send(asBackend(postForm("/oauth/token", fields)));
  return textIn(body, "access_token");
};

type Way = "rpc" | "rpc-offline" | "jwks";

/** Asks the Worker beside Latchkey, which lets callers in by RPC or with the public keys. */
export function verifyBy(way: Way, tokens?: number): Contender<string> {
  return {
    prepare: lasting(clientToken, tokens),
    ask: (token) => getWithBearer(`/${way}`, token),
    read(answer, token) {
      expectAnswer(answer, 200, '"subject":"client:backend"');
      return token;
    },
  };
}

/** An isolate remembers a thousand tokens that it checked: of so many, none when it comes again. */
const MORE_THAN_REMEMBERED = 3000;

export const verifyUnknownOffline = () => verifyBy("rpc-offline", MORE_THAN_REMEMBERED);

export function introspect(): Contender<string> {
  return {
    prepare: lasting(clientToken),
    ask: (token) => asBackend(postForm("/oauth/introspect", { token })),
    read(answer, token) {
      expectAnswer(answer, 200, '"active":true');
      return token;
    },
  };
}

export function signOut(): Contender<string> {
  return {
    prepare: spent(
      async (send, number) => {
        const { body } = await send(postJson("/auth/signin", credentials(number)));
        return textIn(body, "data", "access_token");
      },
      { "warm-up": 100, measured: 1000 },
    ),
    ask: (token) => postJson("/auth/signout", {}, { authorization: `Bearer ${token}` }),
    read(answer) {
      expectAnswer(answer, 200, "logout successfully");
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
      return postJson("/api/auth/register", { email, password: PASSWORD, name: "Robin Example" });
    },
    read(answer, number) {
      expectAnswer(answer, 201, '"token"');
      return number;
    },
  };
}
