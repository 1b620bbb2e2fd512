import { styleText } from "node:util";
import { developmentClients } from "../development-clients.ts";
import { developmentAccount, developmentTenant } from "../development-seeds.ts";
import type { NewClient } from "../new-client.ts";

/** What a person needs to know once the server is ready. */
export function announcement(url: string, seconds: number): string {
  const { email, password } = developmentAccount;
  const { slug } = developmentTenant;
  const rows: [string, string][] = [
    ["Service", styleText("cyan", url)],
    ["OAuth", styleText("cyan", `${url}/.well-known/oauth-authorization-server`)],
    ["Mailbox", styleText("cyan", `${url}/dev/mailbox`)],
    ["Admin", `${email}  ${styleText("dim", `password ${password}`)}`],
    [
      "",
      styleText(
        "dim",
        "as the first start set it; where it is taken no more, npm run reset begins anew",
      ),
    ],
    [
      "Tenant",
      `${slug.padEnd(10)}${styleText("dim", "whoever registers first becomes its superadmin")}`,
    ],
    ["", styleText("dim", `POST ${url}/${slug}/api/v1/auth/register`)],
    ...developmentClients.map((client, index): [string, string] => [
      index === 0 ? "Clients" : "",
      `${client.id.padEnd(10)}${styleText("dim", describe(client))}`,
    ]),
    ["Try it", `${styleText("bold", "npm run demo")}, in another terminal`],
    ["Data", "kept in .wrangler/state; npm run reset deletes it"],
  ];
  const title = styleText("bold", `Latchkey is ready after ${seconds.toFixed(1)} s`);
  const lines = rows.map(([label, value]) => `  ${label.padEnd(9)}${value}`);
  return ["", title, "", ...lines, ""].join("\n");
}

function describe(client: NewClient): string {
  const grants = client.grants
    .filter((grant) => grant !== "refresh_token")
    .map((grant) => grant.replace(/^.*:/, "").replaceAll("_", " "));
  const secret = client.secret === null ? "public" : `secret ${client.secret}`;
  const redirects = client.redirectUris.map((uri) => `${uri} on any port`);
  const own = client.isFirstParty ? ["first-party"] : [];
  return [...grants, secret, ...own, ...redirects].join(", ");
}
