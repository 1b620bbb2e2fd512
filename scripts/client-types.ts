import { readFileSync, writeFileSync } from "node:fs";
import { format } from "./client-types/format.ts";
import { type Schema, typeOf } from "./client-types/type-of.ts";
import { REFERENCE } from "./openapi.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";

/** What the client knows of the wire, which `npm run client-types` writes. */
export const WIRE = "client/wire.ts";

/** What `latchkey/client` asks. Whatever else the reference has, it has no types for. */
const ASKED = [
  "POST /api/login",
  "POST /api/login/mfa",
  "POST /api/auth/refresh",
  "GET /api/user/api-keys",
  "POST /api/user/api-keys",
  "DELETE /api/user/api-keys/{id}",
  "GET /auth/{id}/sessions",
  "DELETE /auth/{id}/sessions",
  "DELETE /api/auth/tokens",
  "POST /auth/signout",
  "GET /.well-known/oauth-authorization-server",
  "POST /oauth/device_authorization",
  "POST /oauth/token",
  "POST /oauth/revoke",
  "GET /oauth/userinfo",
] as const;

interface Described {
  summary: string;
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

interface Reference {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

/** The types of all that the client asks, from the reference as it is now. */
export function wireText(): Promise<string> {
  const reference: Reference = JSON.parse(readFileSync(REFERENCE, "utf8"));
  const rows = ASKED.map((operation) => row(operation, reference));
  return format(
    WIRE,
    `/** What is asked, and what comes back. Written by \`npm run client-types\` from ${REFERENCE}. */
export interface Wire {
${rows.join("\n")}
}`,
  );
}

function row(operation: string, { paths, components }: Reference): string {
  const [method = "", path = ""] = operation.split(" ");
  const described = paths[path]?.[method.toLowerCase()];
  if (!described) {
    throw new Problem(`${REFERENCE} has no ${operation}.`, "Ask for something else.");
  }
  const { content = {} } = described.requestBody ?? {};
  const form = content["application/x-www-form-urlencoded"]?.schema;
  const json = content["application/json"]?.schema;
  const [answer] = Object.entries(described.responses).filter(([status]) => /^2/.test(status));
  const body = answer?.[1].content?.["application/json"]?.schema;
  const parts = [
    ...(form ? [`form: ${typeOf(form, components.schemas)};`] : []),
    ...(json && !form ? [`json: ${typeOf(json, components.schemas)};`] : []),
    `answer: ${body ? typeOf(body, components.schemas) : "null"};`,
  ];
  return `/** ${described.summary}. */\n"${operation}": { ${parts.join(" ")} };`;
}

if (import.meta.main) {
  await runScript(async () => {
    const text = await wireText();
    if (!process.argv.includes("--check")) {
      writeFileSync(WIRE, text);
    } else if (readFileSync(WIRE, "utf8") !== text) {
      throw new Problem(`${WIRE} is not what ${REFERENCE} says.`, "Run npm run client-types.");
    }
  });
}
