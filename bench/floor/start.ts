import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { bundle } from "../running/bundle.ts";
import { type RunningWorkers, startWorkers } from "../running/start-workers.ts";
import { compatibilityDate } from "../running/wrangler-options.ts";
import { FLOOR_ROWS } from "./rows.ts";

const ISSUER = "https://auth.example.com";

export interface Floor extends RunningWorkers {
  /** An access token like Latchkey's, signed with a key of the floor's own. */
  token: string;
}

/** Serves what cannot be done with less: one thing a route. */
export async function startFloor(): Promise<Floor> {
  const { token, jwks } = await signToken();
  const script = await bundle(join(import.meta.dirname, "worker.ts"));
  const service = await startWorkers([
    {
      name: "floor",
      modules: true,
      script,
      compatibilityDate,
      d1Databases: ["DB"],
      durableObjects: { OBJECT: { className: "Counter", useSQLite: true } },
      bindings: { JWKS: jwks, ISSUER },
      serviceBindings: { CONSTANT: { name: "constant", entrypoint: "Constant" } },
    },
    {
      name: "constant",
      modules: true,
      script,
      compatibilityDate,
    },
  ]);
  const database = await service.miniflare.getD1Database("DB", "floor");
  await database.batch([
    database.prepare(
      "CREATE TABLE rows (id TEXT PRIMARY KEY, text TEXT NOT NULL, number INTEGER NOT NULL)",
    ),
    database
      .prepare(
        `INSERT INTO rows WITH RECURSIVE numbers(n) AS
          (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)
        SELECT CAST(n AS TEXT), printf('row %d', n), 0 FROM numbers`,
      )
      .bind(FLOOR_ROWS),
  ]);
  return { ...service, token };
}

async function signToken() {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: "floor", alg: "ES256" };
  const claims = {
    client_id: "planasonix",
    tenant: randomUUID(),
    sid: randomUUID(),
    roles: ["user"],
  };
  const token = await new SignJWT({ ...claims, jti: randomUUID() })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "floor" })
    .setSubject(randomUUID())
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setIssuedAt()
    .setExpirationTime("1 day")
    .sign(privateKey);
  return { token, jwks: { keys: [key] } as never };
}
