import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import { Hono } from "hono";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { chainedHash } from "./chained-hash.ts";

interface Bindings {
  DB: D1Database;
  OBJECT: DurableObjectNamespace<Counter>;
  JWKS: JSONWebKeySet;
  ISSUER: string;
  CONSTANT: { verify(token: string): Promise<{ subject: string }> };
}

/** Remembers a number: in memory alone, or where it stays. */
export class Counter extends DurableObject<Bindings> {
  #calls = 0;

  call(): number {
    this.#calls += 1;
    return this.#calls;
  }

  async write(): Promise<boolean> {
    this.ctx.storage.kv.put("calls", 1);
    return true;
  }
}

/** For another Worker: answers with the same, whatever was asked. */
export class Constant extends WorkerEntrypoint {
  verify(_token: string): { subject: string } {
    return { subject: "client:backend" };
  }
}

const app = new Hono<{ Bindings: Bindings }>();

app.get("/empty", (http) => http.json({ done: true }));

let keys: ReturnType<typeof createLocalJWKSet> | undefined;

app.get("/jwt", async (http) => {
  const { JWKS, ISSUER } = http.env;
  keys ??= createLocalJWKSet(JWKS);
  const token = http.req.header("authorization")?.slice("Bearer ".length) ?? "";
  const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, typ: "at+jwt" });
  return http.json({ subject: payload.sub });
});

app.get("/d1-read/:id", async (http) => {
  const row = await http.env.DB.prepare("SELECT id, text FROM rows WHERE id = ?")
    .bind(http.req.param("id"))
    .first();
  return http.json({ row });
});

app.get("/d1-write/:id", async (http) => {
  const row = await http.env.DB.prepare(
    "UPDATE rows SET number = number + 1 WHERE id = ? RETURNING number",
  )
    .bind(http.req.param("id"))
    .first();
  return http.json({ row });
});

app.get("/object/:name", async (http) => {
  const object = http.env.OBJECT.getByName(http.req.param("name"));
  return http.json({ calls: await object.call() });
});

app.get("/object-write/:name", async (http) => {
  const object = http.env.OBJECT.getByName(`written-${http.req.param("name")}`);
  return http.json({ written: await object.write() });
});

app.get("/binding", async (http) => {
  const { subject } = await http.env.CONSTANT.verify("a token");
  return http.json({ subject });
});

app.get("/hash", async (http) => http.json({ hash: await chainedHash("quiet-heron-marsh-42") }));

export default app;
