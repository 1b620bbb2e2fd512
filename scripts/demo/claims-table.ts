import { styleText } from "node:util";

const timeClaims = new Set(["iat", "exp", "nbf", "auth_time"]);

/** The claims of a JWT, one a line. Reads them only: whoever relies on them checks the signature. */
export function claimsTable(jwt: string): string {
  const [, payload = ""] = jwt.split(".");
  const claims: Record<string, unknown> = JSON.parse(
    Buffer.from(payload, "base64url").toString("utf8"),
  );
  const width = Math.max(...Object.keys(claims).map((name) => name.length));
  const rows = Object.entries(claims).map(
    ([name, value]) => `  ${styleText("dim", name.padEnd(width))}  ${readable(name, value)}`,
  );
  return rows.join("\n");
}

function readable(name: string, value: unknown): string {
  if (timeClaims.has(name) && typeof value === "number") {
    return `${value}  ${styleText("dim", new Date(value * 1_000).toISOString())}`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
