import { beforeEach } from "vitest";
import { Authenticator } from "../../support/authenticator.ts";
import { CLI } from "../../support/clients.ts";
import { stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { type Person, signedIn, somebody } from "../../support/people.ts";
import { type Asked, randomAddress, startService } from "../../support/service.ts";

interface Session {
  user: { id: string; email: string; name: string };
  token: string;
}

interface Listed {
  id: number;
  name: string;
  created_at: string;
  last_used_at: string;
  is_current: boolean;
}

/**
 * A service, and how it is asked by who uses this contract: in each test from another address, since from one
 * only so much is heard in a minute.
 */
export function startPionne() {
  const service = startService();
  let address = "";
  beforeEach(() => {
    address = randomAddress();
  });

  /** Asks for an endpoint such as `POST /login`, which begins below the base. */
  function ask<Body = unknown>(endpoint: string, asked: Asked = {}) {
    const [method = "", path = ""] = endpoint.split(" ");
    return service.ask<Body>(`/api/auth${path}`, { method, address, ...asked });
  }

  async function registered(person = somebody(), asked: Asked = {}) {
    const { body } = await ask<Session>("POST /register", { body: person, ...asked });
    return { ...body, person };
  }

  const logIn = ({ email, password }: Person, asked: Asked = {}) =>
    ask<Session>("POST /login", { body: { email, password }, ...asked });

  async function tokenOf(person: Person, type = "mobile") {
    return (await logIn(person, client(type))).body.token;
  }

  const isLive = async (bearer: string) => (await ask("GET /me", { bearer })).status === 200;

  async function listed(bearer: string) {
    return (await ask<{ tokens: Listed[] }>("GET /tokens", { bearer })).body.tokens;
  }

  /** The token of a device that somebody approved. */
  async function tokenOfDevice(person: Person): Promise<string> {
    const { accessToken } = await signedIn(service, person);
    const { deviceCode, userCode } = await startedDevice(service, { clientId: CLI });
    await decide(service, accessToken, { userCode });
    return (await poll(service, deviceCode, CLI)).body.accessToken;
  }

  /** Somebody with a second factor, on a stopped clock. */
  async function withTotp() {
    stopClock();
    const { person, token } = await registered();
    const { body: enrolled } = await ask<{ secret: string }>("POST /totp/enable", {
      bearer: token,
      body: { password: person.password },
    });
    const app = new Authenticator(enrolled.secret);
    const { body } = await ask<{ recovery_codes: string[] }>("POST /totp/confirm", {
      bearer: token,
      body: { code: app.code() },
    });
    return { person, token, app, recoveryCodes: body.recovery_codes };
  }

  async function totpToken(person: Person, asked: Asked = {}) {
    const { body } = await ask<{ totp_token: string }>("POST /login", { body: person, ...asked });
    return body.totp_token;
  }

  const secondStep = (body: object, asked: Asked = {}) =>
    ask<Session>("POST /login/totp", { body, ...asked });

  return {
    ...{ service, ask, registered, logIn, tokenOf, isLive, listed, tokenOfDevice },
    ...{ withTotp, totpToken, secondStep },
  };
}

export const client = (type: string) => ({ headers: { "x-pionne-client": type } });

/** Six digits that are no code of the app around now. */
export function wrongCode(app: Authenticator): string {
  return String((Number(app.code()) + 1) % 1_000_000).padStart(6, "0");
}
