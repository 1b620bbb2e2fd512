import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createApp } from "../../src/app.ts";
import { type Bindings, composeService, type Service } from "../../src/ports.ts";
import { holdAgainstReference } from "./hold-against-reference.ts";

export interface Asked {
  body?: unknown;
  bearer?: string;
  headers?: Record<string, string>;
  method?: string;
  /** What the edge says about where the sender is. */
  place?: Readonly<Record<string, unknown>>;
  /** The sender's address; each service under test has one of its own unless told. */
  address?: string;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface TestService extends Service {
  /** Asks for a path, POST with JSON unless told, and waits for the work after the answer. */
  ask<Body = unknown>(path: string, asked?: Asked): Promise<Answer<Body>>;
  fetch(request: Request): Promise<Response>;
}

/** The service on the runtime's real stores, with some bindings or variables replaced. */
export function startService(
  replaced: Partial<Bindings> | Record<string, unknown> = {},
): TestService {
  const bindings = { ...env, ...replaced };
  const service = composeService(bindings);
  const app = createApp(service);
  const ownAddress = randomAddress();

  async function fetch(request: Request): Promise<Response> {
    const context = createExecutionContext();
    const asked = request.clone();
    const response = await app.fetch(request, bindings, context);
    await waitOnExecutionContext(context);
    await holdAgainstReference(asked, response);
    return response;
  }

  return {
    ...service,
    fetch,
    async ask<Body>(path: string, asked: Asked = {}) {
      const response = await fetch(
        requestFor(service.settings.publicUrl + path, asked, ownAddress),
      );
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parse<Body>(text) };
    },
  };
}

function requestFor(
  url: string,
  { body, bearer, headers, method, place, address }: Asked,
  own: string,
) {
  return new Request(url, {
    method: method ?? "POST",
    redirect: "manual",
    ...(place && { cf: place }),
    headers: {
      "cf-connecting-ip": address ?? own,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

function parse<Body>(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return text as Body;
  }
}

const given = new Set<string>();

/**
 * From the block that is reserved for tests (RFC 2544), where no test names an address: no two in one
 * file are the same.
 */
export function randomAddress(): string {
  for (;;) {
    const [a = 0, b = 0] = crypto.getRandomValues(new Uint8Array(2));
    const address = `198.18.${80 + (a % 176)}.${b}`;
    if (!given.has(address)) {
      given.add(address);
      return address;
    }
  }
}
