import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { newScene } from "../faults/support/scene.ts";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import type { TestService } from "../support/service.ts";
import { watchStatements } from "../support/watch-statements.ts";
import { ASK_NO_DATABASE, BOUNDS, NEEDED_UNSEEN } from "./bounds.ts";
import { asked, hourly, type Prepared, read, told } from "./every-flow.ts";
import { uniqueIndexes, waysThrough } from "./ways-through.ts";

/** Every statement that was sent, and every method of a port that was called. */
const sent = new Set<string>();
const called = new Set<string>();

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

describe.each(Object.entries({ ...asked, read, told, hourly }))(
  "doing everything there is: %s",
  (_, flows) => {
    it("sends statements to look at", async () => {
      stopClock();
      for (const flow of Object.values(flows)) {
        await record(flow);
      }
    });
  },
);

async function record({ prepare }: Prepared): Promise<void> {
  const scene = await newScene();
  const send = await prepare(scene);
  const spies = watchPorts(scene.service);
  passSeconds(1);
  const { statements } = await watchStatements(async () => {
    await send();
    passSeconds(1);
    await send();
    await scene.service.deliver();
  });
  for (const { sql } of statements) {
    sent.add(sql);
  }
  for (const [name, spy] of spies) {
    spy.mock.calls.length > 0 && called.add(name);
    spy.mockRestore();
  }
}

function watchPorts({ ports }: TestService) {
  return Object.entries(ports).flatMap(([port, methods]) =>
    Object.entries(methods)
      .filter(([, method]) => typeof method === "function")
      .map(([name]) => [`${port}.${name}`, vi.spyOn(methods, name as never)] as const),
  );
}

async function waysOf(statements: Iterable<string>): Promise<Set<string>> {
  const unique = await uniqueIndexes();
  const ways = await Promise.all([...statements].map((text) => waysThrough(text, unique)));
  return new Set(ways.flat());
}

describe("the statements that the service sends to the database", () => {
  it("are all known: every method that asks it was called", async () => {
    const { service } = await newScene();
    const methods = watchPorts(service).map(([name]) => name);
    vi.restoreAllMocks();

    expect(methods.filter((name) => !called.has(name))).toEqual(ASK_NO_DATABASE);
  });

  it("read through no table and sort nothing that grows with what is stored", async () => {
    expect([...(await waysOf(sent))].sort()).toEqual(Object.keys(BOUNDS).sort());
  });

  it("would, without any one of the indexes: none is there for nothing", async () => {
    const { results } = await env.DB.prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    ).all<{ name: string; sql: string }>();
    const needless: string[] = [];
    for (const { name, sql } of results) {
      await env.DB.prepare(`DROP INDEX ${name}`).run();
      const ways = [...(await waysOf(sent))].filter((way) => !(way in BOUNDS));
      ways.length === 0 && needless.push(name);
      await env.DB.prepare(sql).run();
    }

    expect(results.length).toBeGreaterThan(10);
    expect(needless).toEqual(Object.keys(NEEDED_UNSEEN));
  });
});
