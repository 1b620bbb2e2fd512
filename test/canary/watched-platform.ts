import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { storedIn } from "../support/durable.ts";
import type { Place } from "./secrets.ts";

/** Stands for whoever carries the mail, in development and in tests. */
const MAILBOX = "the mailbox";
const isMail = (key: string) => key.startsWith("mailbox:");

type Methods = Record<string, (...args: never[]) => unknown>;

/**
 * Keeps everything that is handed to the stores and to the console from now on, in the Worker and
 * inside Durable Objects alike: also what is deleted before anybody looks.
 */
export async function watchPlatform(): Promise<{ seen: Place[]; stop(): void }> {
  const seen: Place[] = [];
  const watch = (where: string, object: object, ...names: string[]) =>
    names.map((name) => {
      const methods = object as Methods;
      const original = methods[name] as (...args: unknown[]) => unknown;
      return vi.spyOn(methods, name).mockImplementation(function (this: unknown, ...args) {
        const text = args.map(asText).join("\n");
        seen.push({ where: isMail(text) ? MAILBOX : where, text });
        return where === "the log" ? undefined : original.apply(this, args);
      });
    });
  const of = (object: object) => Object.getPrototypeOf(object);
  const [kv, sql] = await durableStorage();
  const spies = [
    ...watch("the log", console, "debug", "error", "info", "log", "trace", "warn"),
    ...watch("a parameter of D1", of(env.DB.prepare("SELECT 1")), "bind"),
    ...watch("a statement of D1", of(env.DB), "prepare"),
    ...watch("KV", of(env.CODES), "get", "put", "delete"),
    ...watch("the queue", of(env.MAIL), "send", "sendBatch"),
    ...watch("Durable Object storage", kv, "put"),
    ...watch("a table of a Durable Object", sql, "exec"),
  ];
  return {
    seen,
    stop() {
      for (const spy of spies) {
        spy.mockRestore();
      }
    },
  };
}

/** The prototypes of what Durable Objects keep things in. */
function durableStorage(): Promise<[kv: object, sql: object]> {
  const throttle = env.THROTTLE.get(env.THROTTLE.idFromName("canary"));
  return runInDurableObject(throttle, (_, { storage }) => [
    Object.getPrototypeOf(storage.kv),
    Object.getPrototypeOf(storage.sql),
  ]);
}

/** Everything that lies in the stores now. */
export async function everythingStored(): Promise<Place[]> {
  return [...(await tables()), ...(await entries()), ...(await objects())];
}

async function tables(): Promise<Place[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
  ).all<{ name: string }>();
  return Promise.all(
    results.map(async ({ name }) => {
      const rows = await env.DB.prepare(`SELECT * FROM ${name}`).all();
      return { where: `the table ${name}`, text: asText(rows.results) };
    }),
  );
}

async function entries(): Promise<Place[]> {
  const { keys, list_complete } = await env.CODES.list();
  if (!list_complete) {
    throw new Error("there is more in KV than one list tells");
  }
  return Promise.all(
    keys.map(async ({ name }) => ({
      where: isMail(name) ? MAILBOX : "KV",
      text: `${name}\n${await env.CODES.get(name)}`,
    })),
  );
}

async function objects(): Promise<Place[]> {
  const namespaces = [env.DEVICE_GRANT, env.CODE_ENTRY, env.LOGIN_CODE, env.THROTTLE];
  const found = namespaces.map(async (namespace: DurableObjectNamespace) => {
    const ids = await listDurableObjectIds(namespace);
    return Promise.all(ids.map(async (id) => placesIn(await storedIn(namespace.get(id)))));
  });
  return (await Promise.all(found)).flat(2);
}

function placesIn({ entries, rows }: Awaited<ReturnType<typeof storedIn>>): Place[] {
  return [
    { where: "Durable Object storage", text: asText(entries) },
    { where: "a table of a Durable Object", text: asText(rows) },
  ];
}

/** Texts as they are, anything else as JSON. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
