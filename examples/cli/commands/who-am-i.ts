import { LatchkeyError, type OAuthClient } from "../latchkey.ts";
import type { Order } from "../order.ts";
import { Problem, signedOut } from "../problem.ts";
import { idTokenClaims } from "../sign-in/id-token-claims.ts";
import type { SignIn } from "../sign-in/look-up-sign-in.ts";
import { openKeptClient } from "../sign-in/open-kept-client.ts";
import type { Surroundings } from "../surroundings.ts";
import { asked } from "../terminal/asked.ts";
import { plainText } from "../terminal/plain-text.ts";

type Claims = Readonly<Record<string, unknown>>;

/**
 * Says who is signed in, as the server sees it now: OpenID Connect Core §5.3. Tokens for a resource are
 * refused there, so the ID token that came with them has to say it.
 */
export async function whoAmI(order: Order, surroundings: Surroundings): Promise<void> {
  const { client, signIn } = await openKeptClient(order, surroundings);
  const text = signIn.resource
    ? asSignedIn(signIn)
    : describe(await asTheServerSays(order, client), signIn);
  surroundings.out.write(text);
}

function asSignedIn(signIn: SignIn): string {
  const claims = idTokenClaims(signIn);
  if (!claims) {
    throw new Problem(
      "A sign-in with --resource sees who you are in its ID token only, and this one has none.",
      'Run login again with a --scope that holds "openid", or without --resource.',
    );
  }
  const source =
    "The ID token says so. The server was not asked: it takes no token that is for a resource.";
  return `${describe(claims, signIn)}${source}\n`;
}

function asTheServerSays({ issuer }: Order, client: OAuthClient): Promise<Claims> {
  return asked("asking who is signed in", issuer, async () => {
    try {
      return { ...(await client.userInfo()) };
    } catch (error) {
      throw (error instanceof LatchkeyError && refusal(error, issuer)) || error;
    }
  });
}

function refusal({ status, code }: LatchkeyError, issuer: string): Problem | null {
  if (code === "not_offered") {
    return new Problem(`${issuer} does not say who is signed in.`, "Use token instead.");
  }
  if (status === 403) {
    return new Problem(
      "This sign-in may not see who you are.",
      'Run login again with a --scope that holds "openid".',
    );
  }
  // Also with the next token.
  return status === 401 ? signedOut(`${issuer} no longer accepts your session.`) : null;
}

function describe(claims: Claims, { url, clientId, scope, resource = [] }: SignIn): string {
  const account = textIn(claims, "sub") ?? "unknown";
  const email = textIn(claims, "email");
  const name = textIn(claims, "name");
  const called = name && email ? `${name} <${email}>` : (name ?? email ?? account);
  const rows = [
    ["account", account],
    ["server", url],
    ["client", clientId],
    ["scopes", scope || "unknown"],
    ...resource.map((one) => ["resource", one]),
  ];
  const width = Math.max(...rows.map(([label = ""]) => label.length));
  const lines = rows.map(
    ([label = "", value = ""]) => `  ${label.padEnd(width)}  ${plainText(value)}`,
  );
  return `${[plainText(called), ...lines].join("\n")}\n`;
}

/** A text in an answer; null where there is none. */
function textIn(claims: Claims, name: string): string | null {
  const value = Object.hasOwn(claims, name) ? claims[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
}
