import { describe, expect, it } from "vitest";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { mailedToken, mailTo, RESET } from "../../support/mail.ts";
import { type Person, registered, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { randomAddress, startService, type TestService } from "../../support/service.ts";
import { onTheWire } from "../../support/wire.ts";
import { comeBack, refusal } from "./refusal.ts";

const HOUR_SECONDS = 3600;

const tooMany = (wait: { limit: number; inSeconds: number }) =>
  refusal(429, "rate_limited", "Too many attempts. Try again later.", { headers: comeBack(wait) });

const logIn = (service: TestService, { email, password }: Person) =>
  service.ask("/api/login", { body: { email, password } });

async function failToLogIn(service: TestService, person: Person, times = 10) {
  for (let failure = 0; failure < times; failure++) {
    expect((await logIn(service, { ...person, password: "not the right one" })).status).toBe(401);
  }
}

describe("THR-02: ten wrong passwords", () => {
  it("make the next attempt wait, also with the right password", async () => {
    stopClock();
    const service = startService();
    const person = await registered(service);
    await failToLogIn(service, person);

    expect(seen(await logIn(service, person))).toEqual(tooMany({ limit: 10, inSeconds: 1 }));
    passSeconds(1);
    expect((await logIn(service, person)).status).toBe(200);
  });

  it("make every further failure wait twice as long", async () => {
    stopClock();
    const service = startService();
    const person = await registered(service);
    await failToLogIn(service, person);

    for (const inSeconds of [1, 2, 4, 8]) {
      expect(seen(await logIn(service, person))).toEqual(tooMany({ limit: 10, inSeconds }));
      passSeconds(inSeconds);
      await failToLogIn(service, person, 1);
    }
  });

  it("are answered byte for byte alike: right password, wrong one, unknown address", async () => {
    stopClock();
    const service = startService();
    const address = randomAddress();
    const known = await registered(service);
    const unknown = somebody();
    const attempt = ({ email }: Person, password: string) =>
      onTheWire(service, "/api/login", { email, password }, address);
    for (let failure = 0; failure < 10; failure++) {
      await attempt(known, "not the right one");
      await attempt(unknown, "not the right one");
    }

    const right = await attempt(known, known.password);

    expect(right.status).toBe(429);
    expect(await attempt(known, "not the right one")).toEqual(right);
    expect(await attempt(unknown, unknown.password)).toEqual(right);
  });

  it("delay nobody at another address, and no other account", async () => {
    const service = startService();
    const [person, other] = [await registered(service), await registered(service)];
    await failToLogIn(service, person);

    expect((await logIn(startService(), person)).status).toBe(200);
    expect((await logIn(service, other)).status).toBe(200);
  });

  it("are forgotten once a right password came, or a new one was set by mail", async () => {
    stopClock();
    const service = startService();
    const person = await registered(service);
    await failToLogIn(service, person, 9);
    await logIn(service, person);
    await failToLogIn(service, person, 10);

    const password = "quiet-heron-marsh";
    await service.ask("/api/forgot-password", { body: person });
    const token = await mailedToken(service, person.email, RESET);
    await service.ask("/api/reset-password", { body: { token, password } });

    expect((await logIn(service, { ...person, password })).status).toBe(200);
  });
});

describe("REC-03: five mails of a kind to one address in an hour", () => {
  it.each(["/api/forgot-password", "/api/register"])(
    "are all that %s orders, for a known address and an unknown one alike",
    async (path) => {
      stopClock();
      const [known, unknown] = [await registered(startService()), somebody()];
      const places = path === "/api/register" ? 4 : 5;
      const fill = async (person: Person, times: number) => {
        for (let time = 0; time < times; time++) {
          expect((await startService().ask(path, { body: person })).status).toBeLessThan(300);
        }
      };
      await fill(known, places);
      await fill(unknown, 5);

      const answer = await startService().ask(path, { body: known });

      expect(seen(answer)).toEqual(tooMany({ limit: 5, inSeconds: HOUR_SECONDS }));
      const onWire = await onTheWire(startService(), path, known);
      expect(await onTheWire(startService(), path, unknown)).toEqual(onWire);
      passSeconds(HOUR_SECONDS);
      expect((await startService().ask(path, { body: known })).status).toBeLessThan(300);
    },
  );

  it("leave mails of another kind, and to another address, alone", async () => {
    const service = startService();
    const [person, other] = [await registered(service), await registered(service)];
    for (let time = 0; time < 4; time++) {
      await service.ask("/api/register", { body: person });
    }
    expect((await service.ask("/api/register", { body: person })).status).toBe(429);

    expect((await service.ask("/api/forgot-password", { body: person })).status).toBe(200);
    expect((await service.ask("/api/forgot-password", { body: other })).status).toBe(200);
    await mailTo(service, person.email, RESET);
  });
});
