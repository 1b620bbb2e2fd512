import { env } from "cloudflare:workers";
import { vi } from "vitest";

const NAMESPACES = ["THROTTLE", "LOGIN_CODE", "CODE_ENTRY", "DEVICE_GRANT"] as const;

/**
 * What some work asks of the platform, in order: every statement of the database in full, the kind of
 * every object and key that is asked, every password hash. What comes after the answer stands in it,
 * too.
 */
export async function traceCalls(work: () => Promise<unknown>): Promise<string[]> {
  const trace: string[] = [];
  const note = (what: string) => void trace.push(what);
  watch(env.DB, "prepare", (_, sql) => note(`D1: ${sql}`));
  watch(env.DB, "batch", () => note("D1: these together"));
  for (const name of ["get", "put", "delete"] as const) {
    watch(env.CODES, name, (_, key) => note(`KV ${name} ${String(key).split(":")[0]}`));
  }
  watch(env.THROTTLE, "get", (namespace) => {
    note(NAMESPACES.find((name) => env[name] === namespace) ?? "an object");
  });
  watch(crypto.subtle, "deriveBits", (_, algorithm) => {
    const { name, iterations } = algorithm as { name: string; iterations: number };
    name === "PBKDF2" && note(`hash of ${iterations} rounds`);
  });
  try {
    await work();
    return trace;
  } finally {
    vi.restoreAllMocks();
  }
}

type Method = (...args: unknown[]) => unknown;

function watch(
  object: object,
  name: string,
  see: (self: unknown, ...args: unknown[]) => void,
): void {
  const prototype = Object.getPrototypeOf(object) as Record<string, Method>;
  const original = prototype[name] as Method;
  vi.spyOn(prototype, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
    see(this, ...args);
    return original.apply(this, args);
  });
}
