import { exports } from "cloudflare:workers";
import { counts, whileUnderWay } from "./counts.ts";
import { letterTo } from "./letters.ts";

/** What a Worker's module exports as default. */
export interface CountedWorker {
  fetch(request: Request, env: never, ctx: ExecutionContext): Response | Promise<Response>;
  queue?(batch: MessageBatch<never>, env: never, ctx: ExecutionContext): Promise<void>;
  scheduled?(controller: ScheduledController, env: never, ctx: ExecutionContext): Promise<void>;
}

interface Surroundings {
  worker: CountedWorker;
  env: Record<string, unknown>;
  settled(): Promise<object>;
  ctx: ExecutionContext;
}

/** What the counting asks of the Worker beside its own requests. None of it is counted as a request. */
export async function orders(
  order: string,
  request: Request,
  { worker, env, settled, ctx }: Surroundings,
): Promise<Response> {
  const asked = (await request.json()) as Record<string, string>;
  switch (order) {
    case "nothing":
      return Response.json({});
    case "counts":
      return Response.json(await settled());
    case "letter":
      return Response.json(await letterTo(asked["to"] ?? "", asked["subject"] ?? ""));
    case "sql":
      return Response.json(await (env["DB"] as D1Database).prepare(asked["sql"] ?? "").all());
    case "scheduled": {
      counts.requests += 1;
      await whileUnderWay(
        async () =>
          worker.scheduled?.({ cron: asked["cron"] } as ScheduledController, env as never, ctx) ??
          undefined,
      );
      return Response.json({});
    }
    case "rpc": {
      const auth = (exports as unknown as Record<string, Record<string, Rpc>>)["Auth"];
      return Response.json(await auth?.[asked["method"] ?? ""]?.(asked["token"] ?? ""));
    }
    case "call": {
      const namespace = env[asked["namespace"] ?? ""] as DurableObjectNamespace;
      const stub = namespace.get(namespace.idFromName(asked["name"] ?? ""));
      const { method = "", args } = asked as unknown as { method: string; args: unknown[] };
      // An alarm is counted where it rings.
      counts.objectRequests -= 1;
      await (stub as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[method]?.(
        ...args,
      );
      return Response.json({});
    }
    default:
      return Response.json({ order }, { status: 404 });
  }
}

type Rpc = (token: string) => Promise<unknown>;
