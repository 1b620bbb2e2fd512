import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Browser, type Page } from "../support/browser.ts";
import { DAY_SECONDS } from "../support/clock.ts";
import { withoutCeremony } from "../support/passkeys.ts";
import { type Person, registered } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";

const DELAYED_AFTER_FAILURES = 10;

let service: TestService;
let person: Person;

// Held still, or moved on and never back: no wait is waited out by a slow machine.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});

afterAll(() => {
  vi.useRealTimers();
});

beforeEach(async () => {
  service = startService();
  person = await registered(service);
});

describe("THR-02, THR-04: after ten wrong passwords", () => {
  it("a wrong and a right one are refused byte for byte alike, with when to come back", async () => {
    const browser = new Browser(service);
    await failTenTimes(browser);

    const wrong = await attempt(browser, "wrong again");
    const right = await attempt(browser, person.password);

    expect(comparable(right)).toEqual(comparable(wrong));
    expect(right.status).toBe(429);
    expect(right.headers.get("retry-after")).toBe("1");
    expect(right.lines[1]).toBe("Too many attempts. Try again in 1 second.");
    expect(right.headers.getSetCookie()).toEqual([]);
  });

  it("the refusal of an unknown address is the same", async () => {
    const known = new Browser(service);
    const unknown = new Browser(service);
    const nobody = "nobody@example.test";
    await failTenTimes(known);
    await failTenTimes(unknown, nobody);

    const answers = [
      comparable(await attempt(known, "wrong again")),
      comparable(await attempt(unknown, "wrong again", nobody)),
    ];

    expect(answers[1]).toEqual(answers[0]);
  });

  it("the right one signs in once the wait is over", async () => {
    const browser = new Browser(service);
    await failTenTimes(browser);

    vi.advanceTimersByTime(1000);

    expect((await attempt(browser, person.password)).status).toBe(303);
  });

  it("each further one doubles the wait", async () => {
    const browser = new Browser(service);
    await failTenTimes(browser);
    const waits: (string | null)[] = [];
    for (const seconds of [1, 2, 4]) {
      vi.advanceTimersByTime(seconds * 1000);
      await attempt(browser, "wrong once more");
      waits.push((await attempt(browser, "too early")).headers.get("retry-after"));
    }

    expect(waits).toEqual(["2", "4", "8"]);
  });

  it("the owner still signs in from elsewhere", async () => {
    await failTenTimes(new Browser(service));

    expect((await attempt(new Browser(service), person.password)).status).toBe(303);
  });
});

describe("THR-01, THR-04: a password that too many wrong ones closed", () => {
  it("says what opens it, whatever time goes by, and to an unknown address the same", async () => {
    service = startService({ PASSWORD_FAILURES_BEFORE_CLOSING: "10" });
    const known = new Browser(service);
    const unknown = new Browser(service);
    const nobody = "no-one@example.test";
    await failTenTimes(known);
    await failTenTimes(unknown, nobody);

    vi.advanceTimersByTime(DAY_SECONDS * 1000);
    const [right, wrong, nobodys] = [
      await attempt(known, person.password),
      await attempt(known, "wrong again"),
      await attempt(unknown, "wrong again", nobody),
    ].map(comparable);

    expect(right).toMatchObject({ status: 429, headers: { "retry-after": "3600" } });
    expect(right?.source).toContain(
      "Too many attempts. Waiting will not help: set a new password by mail.",
    );
    expect([wrong, nobodys]).toEqual([right, right]);
  });
});

describe("an address that sends too many attempts at any accounts", () => {
  it("is refused for a minute, the right password included", async () => {
    const fenced = startService({ CREDENTIAL_FENCE: { limit: async () => ({ success: false }) } });

    const { status, headers, lines } = await attempt(new Browser(fenced), person.password);

    expect({ status, retryAfter: headers.get("retry-after"), says: lines[1] }).toEqual({
      status: 429,
      retryAfter: "60",
      says: "Too many attempts. Try again in 60 seconds.",
    });
    expect(headers.getSetCookie()).toEqual([]);
  });
});

function attempt(browser: Browser, password: string, email = person.email): Promise<Page> {
  return browser.post("/signin", { email, password });
}

async function failTenTimes(browser: Browser, email?: string): Promise<void> {
  for (let failures = 0; failures < DELAYED_AFTER_FAILURES; failures++) {
    const { status } = await attempt(browser, `wrong ${failures}`, email);
    expect(status).toBe(401);
  }
}

/** An answer without what differs between any two: the request's number and the address typed. */
function comparable({ status, headers, source, form }: Page) {
  const { "x-request-id": _, ...rest } = Object.fromEntries(headers);
  const { email = "" } = form("/signin").fields;
  const fixed = withoutCeremony(source).replaceAll(email, "(address)");
  return { status, headers: rest, source: fixed };
}
