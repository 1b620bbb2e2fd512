import { answerProblem } from "../oauth/answer-problem.ts";
import type { Answer } from "../oauth/ask.ts";
import { askPatiently } from "../oauth/ask-patiently.ts";
import { discover } from "../oauth/discover.ts";
import { textIn } from "../oauth/field.ts";
import { idTokenClaims } from "../oauth/id-token-claims.ts";
import type { Order } from "../order.ts";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";
import { plainText } from "../terminal/plain-text.ts";
import { freshTokens } from "../tokens/fresh-tokens.ts";
import { signedOut } from "../tokens/signed-out.ts";
import type { Tokens } from "../tokens/tokens.ts";

/**
 * Says who is signed in, as the server sees it now: OpenID Connect Core §5.3. Tokens for a resource are
 * refused there, so the ID token that came with them has to say it.
 */
export async function whoAmI(order: Order, surroundings: Surroundings): Promise<void> {
  const tokens = await freshTokens(order, surroundings);
  const text =
    tokens.resources.length > 0
      ? asSignedIn(tokens)
      : await asTheServerSays(order, tokens, surroundings);
  surroundings.out.write(text);
}

function asSignedIn(tokens: Tokens): string {
  const claims = idTokenClaims(tokens);
  if (!claims) {
    throw new Problem(
      "A sign-in with --resource sees who you are in its ID token only, and this one has none.",
      'Run login again with a --scope that holds "openid", or without --resource.',
    );
  }
  const source =
    "The ID token says so. The server was not asked: it takes no token that is for a resource.";
  return `${describe(claims, tokens)}${source}\n`;
}

async function asTheServerSays(
  order: Order,
  tokens: Tokens,
  surroundings: Surroundings,
): Promise<string> {
  const url = (await discover(order.issuer, surroundings)).userinfoEndpoint;
  if (!url) {
    throw new Problem(`${order.issuer} does not say who is signed in.`, "Use token instead.");
  }
  const { answer, used } = await askWho(url, tokens, order, surroundings);
  if (answer.status === 403) {
    throw new Problem(
      "This sign-in may not see who you are.",
      'Run login again with a --scope that holds "openid".',
    );
  }
  if (answer.status !== 200) {
    throw answerProblem("asking who is signed in", url, answer);
  }
  return describe(answer.body, used);
}

/** A token may be refused before its time: the session changed or ended. New tokens tell which. */
async function askWho(
  url: string,
  tokens: Tokens,
  order: Order,
  surroundings: Surroundings,
): Promise<{ answer: Answer; used: Tokens }> {
  const asking = ({ accessToken }: Tokens) => {
    const headers = { authorization: `Bearer ${accessToken}` };
    return askPatiently("asking who is signed in", { url, headers }, surroundings);
  };
  const first = await asking(tokens);
  if (first.status !== 401) {
    return { answer: first, used: tokens };
  }
  const renewed = await freshTokens(order, surroundings, tokens.accessToken);
  const answer = await asking(renewed);
  if (answer.status === 401) {
    throw signedOut(`${order.issuer} no longer accepts your session.`);
  }
  return { answer, used: renewed };
}

function describe(body: Answer["body"], tokens: Tokens): string {
  const account = textIn(body, "sub") ?? "unknown";
  const email = textIn(body, "email");
  const name = textIn(body, "name");
  const called = name && email ? `${name} <${email}>` : (name ?? email ?? account);
  const rows = [
    ["account", account],
    ["server", tokens.issuer],
    ["client", tokens.clientId],
    ["scopes", tokens.scope ?? "unknown"],
    ...tokens.resources.map((resource) => ["resource", resource]),
  ];
  const width = Math.max(...rows.map(([label = ""]) => label.length));
  const lines = rows.map(
    ([label = "", value = ""]) => `  ${label.padEnd(width)}  ${plainText(value)}`,
  );
  return `${[plainText(called), ...lines].join("\n")}\n`;
}
