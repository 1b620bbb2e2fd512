import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { buffer } from "node:stream/consumers";

/** A Worker as it was uploaded: what it is told beside its code, and the secrets that came with it. */
interface Uploaded {
  bindings: readonly {
    name: string;
    type: string;
    text?: string;
    id?: string;
    namespace_id?: string;
  }[];
  tag: string | undefined;
}

/** An account at Cloudflare, as far as a deployment of ours asks for it. */
export interface Account {
  databases: Map<string, { uuid: string; sql: DatabaseSync }>;
  namespaces: Map<string, string>;
  queues: Map<string, { id: string; consumers: string[] }>;
  workers: Map<string, Uploaded[]>;
  domains: string[];
  /** Every change in the order in which it came, as `POST /d1/database`. */
  changes: string[];
  /** What is answered with a failure: the beginning of `METHOD /path`. */
  failing: string | null;
  /** What nothing here answers: a test that sees some needs more of the API. */
  unknown: string[];
}

export const ACCOUNT_ID = "f037e56e89293a057740de681ac9abbe";

/** Answers Wrangler in place of api.cloudflare.com, for as long as `work` takes. D1 is a real SQLite. */
export async function withFakeCloudflare<Result>(
  work: (account: Account, url: string) => Promise<Result>,
): Promise<Result> {
  const account: Account = {
    ...{ databases: new Map(), namespaces: new Map(), queues: new Map(), workers: new Map() },
    ...{ domains: [], changes: [], failing: null, unknown: [] },
  };
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(account, request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work(account, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const found = (result: unknown) => ({
  status: 200,
  body: {
    success: true,
    errors: [],
    messages: [],
    result,
    result_info: { page: 1, per_page: 100, count: 1, total_count: 1, total_pages: 1 },
  },
});
const refusal = (status: number, code: number, message: string) => ({
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
});

async function answer(account: Account, request: IncomingMessage) {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
  const path = pathname.replace(`/accounts/${ACCOUNT_ID}`, "");
  const asked = `${request.method} ${path}`;
  const body = await buffer(request);
  if (account.failing !== null && asked.startsWith(account.failing)) {
    return refusal(500, 10_001, "This is broken for a test.");
  }
  if (request.method !== "GET" && !path.endsWith("/query")) {
    account.changes.push(asked);
  }
  // One page is all there is.
  if (Number(searchParams.get("page") ?? 1) > 1) {
    return found([]);
  }
  for (const [pattern, respond] of ROUTES) {
    const match = pattern.exec(asked);
    if (match) {
      return respond(account, match.slice(1).map(decodeURIComponent), body, {
        searchParams,
        request,
      });
    }
  }
  account.unknown.push(`${asked} ${searchParams} ${body.toString().slice(0, 300)}`);
  return refusal(404, 7003, "No route for that URI");
}

type Respond = (
  account: Account,
  parts: readonly string[],
  body: Buffer,
  rest: { searchParams: URLSearchParams; request: IncomingMessage },
) => ReturnType<typeof found> | ReturnType<typeof refusal> | Promise<ReturnType<typeof found>>;

const ROUTES: readonly (readonly [RegExp, Respond])[] = [
  [/^GET \/user\/tokens\/verify$/, () => found({ id: "t", status: "active" })],
  [/^GET \/user$/, () => found({ id: "u", email: "ada@acme.test" })],
  [/^GET \/accounts$/, () => found([{ id: ACCOUNT_ID, name: "Acme" }])],
  [/^GET \/memberships$/, () => found([])],
  [
    /^GET \/d1\/database$/,
    ({ databases }) => found([...databases].map(([name, { uuid }]) => ({ name, uuid }))),
  ],
  [
    /^POST \/d1\/database$/,
    ({ databases }, _, body) => {
      const { name } = JSON.parse(body.toString()) as { name: string };
      const uuid = randomUUID();
      databases.set(name, { uuid, sql: new DatabaseSync(":memory:") });
      return found({ name, uuid });
    },
  ],
  [
    /^POST \/d1\/database\/([^/]+)\/query$/,
    ({ databases }, [uuid], body) => query(databases, uuid, body),
  ],
  [
    /^GET \/storage\/kv\/namespaces$/,
    ({ namespaces }) => found([...namespaces].map(([title, id]) => ({ title, id }))),
  ],
  [
    /^POST \/storage\/kv\/namespaces$/,
    ({ namespaces }, _, body) => {
      const { title } = JSON.parse(body.toString()) as { title: string };
      const id = randomUUID().replaceAll("-", "");
      namespaces.set(title, id);
      return found({ title, id });
    },
  ],
  [
    /^GET \/queues$/,
    ({ queues }, _parts, _body, { searchParams }) =>
      found(
        [...queues]
          .filter(([name]) => [null, name].includes(searchParams.get("name")))
          .map(([queue_name, { id }]) => ({
            ...{ queue_name, queue_id: id, producers: [], consumers: [] },
            ...{ producers_total_count: 0, consumers_total_count: 0 },
          })),
      ),
  ],
  [
    /^POST \/queues$/,
    ({ queues }, _, body) => {
      const { queue_name } = JSON.parse(body.toString()) as { queue_name: string };
      const id = randomUUID().replaceAll("-", "");
      queues.set(queue_name, { id, consumers: [] });
      return found({ queue_name, queue_id: id });
    },
  ],
  [
    /^GET \/workers\/scripts\/([^/]+)\/secrets$/,
    ({ workers }, [name = ""]) => {
      const secrets = (workers.get(name) ?? []).flatMap(({ bindings }) =>
        bindings.filter(({ type }) => type === "secret_text"),
      );
      return workers.has(name)
        ? found(secrets.map((secret) => ({ name: secret.name, type: secret.type })))
        : refusal(404, 10_007, "This Worker does not exist on your account.");
    },
  ],
  [
    /^GET \/workers\/services\/([^/]+)$/,
    ({ workers }, [name = ""]) =>
      workers.has(name)
        ? found({
            id: name,
            default_environment: {
              environment: "production",
              script: { last_deployed_from: "wrangler" },
            },
          })
        : refusal(404, 10_090, "This Worker does not exist on your account."),
  ],
  [/^GET \/workers\/scripts\/([^/]+)\/deployments$/, () => found({ deployments: [] })],
  [
    /^(?:PUT|POST) \/workers\/scripts\/([^/]+)(?:\/versions)?$/,
    async ({ workers }, [name = ""], body, { request }) => {
      const form = await new Response(new Uint8Array(body), {
        headers: { "content-type": request.headers["content-type"] ?? "" },
      }).formData();
      const told = JSON.parse(String(form.get("metadata"))) as {
        bindings: Uploaded["bindings"];
        annotations?: Record<string, string>;
      };
      const uploaded = { bindings: told.bindings, tag: told.annotations?.["workers/tag"] };
      workers.set(name, [...(workers.get(name) ?? []), uploaded]);
      return found({
        id: name,
        tag: "t",
        deployment_id: "d",
        startup_time_ms: 10,
        pipeline_hash: "p",
        etag: "e",
        entry_point: "index.js",
      });
    },
  ],
  [/^GET \/workers\/scripts\/([^/]+)\/settings$/, () => found({ tags: [], bindings: [] })],
  [/^PATCH \/workers\/scripts\/([^/]+)\/script-settings$/, () => found({})],
  [
    /^(?:GET|PATCH|PUT) \/workers\/workers\/([^/]+)$/,
    (_, [name]) =>
      found({ id: name, name, subdomain: { enabled: false, previews_enabled: false } }),
  ],
  [/^GET \/workers\/subdomain$/, () => found({ subdomain: "acme" })],
  [
    /^(?:GET|POST) \/workers\/scripts\/([^/]+)\/subdomain$/,
    () => found({ enabled: false, previews_enabled: false }),
  ],
  [
    /^POST \/workers\/scripts\/([^/]+)\/domains\/changeset$/,
    () => found({ added: [], removed: [], updated: [], conflicting: [] }),
  ],
  [
    /^PUT \/workers\/scripts\/([^/]+)\/domains\/records$/,
    ({ domains }, _, body) => {
      const { origins } = JSON.parse(body.toString()) as { origins: { hostname: string }[] };
      domains.push(...origins.map(({ hostname }) => hostname));
      return found([]);
    },
  ],
  [/^PUT \/workers\/scripts\/([^/]+)\/schedules$/, () => found([])],
  [/^GET \/queues\/([^/]+)\/consumers$/, () => found([])],
  [
    /^POST \/queues\/([^/]+)\/consumers$/,
    ({ queues }, [id], body) => {
      const { script_name } = JSON.parse(body.toString()) as { script_name: string };
      [...queues.values()].find((queue) => queue.id === id)?.consumers.push(script_name);
      return found({});
    },
  ],
];

/** Runs what D1 would, on SQLite, and gives rows as D1 does. */
function query(databases: Account["databases"], uuid: string | undefined, body: Buffer) {
  const database = [...databases.values()].find((one) => one.uuid === uuid);
  if (!database) {
    return refusal(404, 7404, "The database could not be found");
  }
  const { sql } = JSON.parse(body.toString()) as { sql: string };
  try {
    const statement = database.sql.prepare(sql);
    const results = statement.columns().length > 0 ? statement.all() : [];
    if (statement.columns().length === 0) {
      database.sql.exec(sql);
    }
    return found([
      { results, success: true, meta: { duration: 0, changes: 0, rows_read: 0, rows_written: 0 } },
    ]);
  } catch (error) {
    return refusal(400, 7500, (error as Error).message);
  }
}
