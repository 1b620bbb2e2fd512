import { createHash } from "node:crypto";
import { type Contender, expectAnswer, type Send } from "../load/contender.ts";
import { getWithBearer, postForm, textIn } from "./json.ts";
import { lasting } from "./supplies.ts";

const REDIRECT_URI = "https://client.example/callback";
const VERIFIER = "v".repeat(64);

/** A token is for the host that it is shown to; see its worker.ts. */
const HOST = { host: "localhost:8800" };

interface Held {
  clientId: string;
  refreshToken: string;
  accessToken: string;
}

/** A client of its own, which is let in and gets its first tokens. */
async function authorize(send: Send): Promise<Held> {
  const made = await send({ method: "POST", path: "/client", headers: {} });
  const clientId = textIn(made.body, "client_id");
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    state: "state",
  });
  const authorized = await send({ method: "GET", path: `/authorize?${query}`, headers: {} });
  const { body } = await send(
    postForm("/token", {
      grant_type: "authorization_code",
      code: textIn(authorized.body, "code"),
      client_id: clientId,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
    }),
  );
  return held(clientId, body);
}

function held(clientId: string, body: string): Held {
  const refreshToken = textIn(body, "refresh_token");
  return { clientId, refreshToken, accessToken: textIn(body, "access_token") };
}

export function refresh(): Contender<Held> {
  return {
    prepare: lasting(authorize),
    ask: ({ clientId, refreshToken }) =>
      postForm("/token", {
        grant_type: "refresh_token",
        refresh_token: refreshToken,
        client_id: clientId,
      }),
    read(answer, { clientId }) {
      expectAnswer(answer, 200, '"access_token"');
      return held(clientId, answer.body);
    },
  };
}

/** A route behind the provider, which looks the token up first. */
export function tokenCheck(): Contender<Held> {
  return {
    prepare: lasting(authorize),
    ask: ({ accessToken }) => {
      const ask = getWithBearer("/api/", accessToken);
      return { ...ask, headers: { ...ask.headers, ...HOST } };
    },
    read(answer, item) {
      expectAnswer(answer, 200, '"subject":"0000');
      return item;
    },
  };
}
