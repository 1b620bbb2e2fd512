import { env } from "cloudflare:workers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startService } from "../support/service.ts";

const get = (service: ReturnType<typeof startService>, path: string) =>
  service.ask(path, { method: "GET" });

/** A binding whose every use fails, however deep. */
function broken<T extends object>(): T {
  return new Proxy({} as T, {
    get: (_, name) => () => {
      throw new Error(`${String(name)} is broken`);
    },
  });
}

const never = () => new Promise<never>(() => {});

const BINDINGS = {
  DB: "d1",
  CODES: "kv",
  DEVICE_GRANT: "durable_objects",
} as const;

describe("/health", () => {
  it("answers that the Worker runs", async () => {
    const { status, body } = await get(startService(), "/health");
    expect({ status, body }).toEqual({ status: 200, body: { status: "ok" } });
  });

  it("answers with every binding broken: it depends on none", async () => {
    const bindings = Object.entries(env).filter(([, binding]) => typeof binding === "object");
    expect(bindings.length).toBeGreaterThanOrEqual(10);
    const service = startService(Object.fromEntries(bindings.map(([name]) => [name, broken()])));
    const { status, body } = await get(service, "/health");
    expect({ status, body }).toEqual({ status: 200, body: { status: "ok" } });
  });
});

describe("/health/ready", () => {
  it("answers ok when everything that requests depend on does", async () => {
    const { status, body, headers } = await get(startService(), "/health/ready");
    expect({ status, body }).toEqual({ status: 200, body: { status: "ok" } });
    expect(headers.get("retry-after")).toBeNull();
  });

  it.each(Object.entries(BINDINGS))("names what is broken: %s is %s", async (binding, part) => {
    const { status, body, headers } = await get(
      startService({ [binding]: broken() }),
      "/health/ready",
    );
    expect({ status, body }).toEqual({
      status: 503,
      body: { status: "unavailable", failing: [part] },
    });
    expect(headers.get("retry-after")).toBe("5");
  });

  it("names everything that is broken at once", async () => {
    const all = Object.fromEntries(Object.keys(BINDINGS).map((name) => [name, broken()]));
    const { status, body } = await get(startService(all), "/health/ready");
    expect({ status, body }).toEqual({
      status: 503,
      body: { status: "unavailable", failing: Object.values(BINDINGS) },
    });
  });

  it("says nothing but the part's name: no message of the error, no stack", async () => {
    const response = await get(startService({ DB: broken() }), "/health/ready");
    expect(JSON.stringify(response.body)).toBe('{"status":"unavailable","failing":["d1"]}');
  });

  it("counts what does not answer within two seconds as broken, and waits no longer", async () => {
    const service = startService({
      DB: { prepare: () => ({ run: never }) },
      CODES: { get: never },
    });
    // Of what is looked at, in this order, the last answers.
    const wait = vi.spyOn(scheduler, "wait");
    onTestFinished(() => wait.mockRestore());
    wait.mockResolvedValueOnce().mockResolvedValueOnce().mockReturnValueOnce(never());
    const { status, body } = await get(service, "/health/ready");

    expect({ status, body }).toEqual({
      status: 503,
      body: { status: "unavailable", failing: ["d1", "kv"] },
    });
    expect(wait.mock.calls).toEqual([[2_000], [2_000], [2_000]]);
  });
});
