import { beforeEach } from "vitest";
import { alterAccount } from "../../support/alter-account.ts";
import { stopClock } from "../../support/clock.ts";
import { type Person, registered, somebody } from "../../support/people.ts";
import { secondFactorOf } from "../../support/second-factor.ts";
import { type Answer, type Asked, randomAddress, startService } from "../../support/service.ts";

export interface LoginBody {
  message: string;
  access_token: string;
  _id: string;
}

export const ORIGIN = { origin: "http://localhost:8787" };
export const FOREIGN = { origin: "https://elsewhere.example" };

/**
 * A service, and how it is asked by who uses this contract: in each test from another address, since from one
 * only so much is heard in a minute.
 */
export function startPlanpoint() {
  const service = startService();
  let address = "";
  beforeEach(() => {
    address = randomAddress();
  });

  /** Asks for an endpoint such as `POST /login`, which begins below the base. */
  function ask<Body = unknown>(endpoint: string, asked: Asked = {}) {
    const [method = "", path = ""] = endpoint.split(" ");
    return service.ask<Body>(`/api/users${path}`, { method, address, ...asked });
  }

  const logIn = ({ email, password }: Person, more: object = {}) =>
    ask<LoginBody>("POST /login", { body: { username: email, password, ...more } });

  async function loggedIn(person?: Person) {
    const known = person ?? (await registered(service));
    const answer = await logIn(known);
    return {
      ...{ person: known, bearer: answer.body.access_token },
      ...{ headers: cookiesFrom(answer), answer },
    };
  }

  async function administrator(role: "admin" | "superadmin" = "admin") {
    const person = await registered(service, somebody("Ada Admin"));
    await alterAccount(person, { role });
    return loggedIn(person);
  }

  const impersonate = (username: string, asked: Asked = {}) =>
    ask<LoginBody>("POST /login", { body: { username, impersonate: true }, ...asked });

  /** Turns a second factor on, on a stopped clock. */
  async function withTotp(person: Person) {
    stopClock();
    return secondFactorOf(service, person);
  }

  return { service, ask, logIn, loggedIn, administrator, impersonate, withTotp };
}

/** What a browser keeps of an answer, as it sends it back. */
export function cookiesFrom({ headers }: Answer<unknown>) {
  const pairs = headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return { cookie: pairs.join("; ") };
}

export const cookieValue = (answer: Answer<unknown>, name: string) =>
  cookiesFrom(answer)
    .cookie.split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
