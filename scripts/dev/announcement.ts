import { styleText } from "node:util";
import type { DevelopmentClient } from "../development-clients.ts";

/** What a person needs to know once the server is ready. */
export function announcement(
  url: string,
  clients: readonly DevelopmentClient[],
  seconds: number,
): string {
  const demo = url === "http://localhost:8787" ? "npm run demo" : `npm run demo -- --url ${url}`;
  const rows: [string, string][] = [
    ["Service", styleText("cyan", url)],
    ["Mailbox", styleText("cyan", `${url}/dev/mailbox`)],
    ...clients.map((client, index): [string, string] => [
      index === 0 ? "Clients" : "",
      `${client.id.padEnd(10)}${styleText("dim", describe(client))}`,
    ]),
    ["Try it", `${styleText("bold", demo)}, in another terminal`],
    ["Data", "kept in .wrangler/state; npm run reset deletes it"],
  ];
  const title = styleText("bold", `Latchkey is ready after ${seconds.toFixed(1)} s`);
  const lines = rows.map(([label, value]) => `  ${label.padEnd(9)}${value}`);
  return ["", title, "", ...lines, ""].join("\n");
}

function describe(client: DevelopmentClient): string {
  const grants = client.grants
    .filter((grant) => grant !== "refresh_token")
    .map((grant) => grant.replace(/^.*:/, "").replaceAll("_", " "));
  const secret = client.secret === null ? "public" : `secret ${client.secret}`;
  const redirects = client.redirectUris.map((uri) => `${uri} on any port`);
  return [...grants, secret, ...redirects].join(", ");
}
