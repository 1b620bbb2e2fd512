import { exitCode } from "../exit-code.ts";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";
import { plainText } from "../terminal/plain-text.ts";
import { answerProblem } from "./answer-problem.ts";
import type { Answer, Question } from "./ask.ts";
import { askPatiently } from "./ask-patiently.ts";
import { numberIn, textIn } from "./field.ts";
import { isProtected } from "./is-protected.ts";
import type { Server } from "./server.ts";

/**
 * Learns a server's endpoints: RFC 8414 §3. Refuses an issuer whose traffic others can read, metadata
 * that names another issuer (§3.3: another server's, or a lie), and endpoints that others can listen to.
 */
export async function discover(issuer: string, surroundings: Surroundings): Promise<Server> {
  const question: Question = { url: metadataUrl(issuer) };
  const answer = await askPatiently("learning its endpoints", question, surroundings);
  if (answer.status !== 200) {
    throw answerProblem("learning its endpoints", question.url, answer);
  }
  const named = textIn(answer.body, "issuer");
  if (named !== issuer) {
    const itself = named ? `calls itself ${plainText(named)}` : "does not say who it is";
    throw new Problem(
      `The server at ${issuer} ${itself}.`,
      "Give --issuer exactly as the server spells it, if that is the server you mean.",
    );
  }
  return readServer(issuer, answer);
}

function metadataUrl(issuer: string): string {
  const url = URL.parse(issuer);
  if (!url || !isProtected(url) || /[?#]/.test(issuer) || url.username || url.password) {
    throw new Problem(
      `${JSON.stringify(issuer)} cannot be an issuer.`,
      "--issuer is an https address without query or fragment; http only on this machine.",
      exitCode.usage,
    );
  }
  const path = url.pathname.replace(/\/$/, "");
  return `${url.origin}/.well-known/oauth-authorization-server${path}`;
}

function readServer(issuer: string, { body }: Answer): Server {
  const methods = body["device_code_challenge_methods_supported"];
  const tokenEndpoint = endpointIn(body, "token_endpoint");
  if (!tokenEndpoint) {
    throw new Problem(`${issuer} announces no token endpoint.`, "Check --issuer.");
  }
  return {
    issuer,
    tokenEndpoint,
    deviceAuthorizationEndpoint: endpointIn(body, "device_authorization_endpoint"),
    revocationEndpoint: endpointIn(body, "revocation_endpoint"),
    userinfoEndpoint: endpointIn(body, "userinfo_endpoint"),
    bindsDeviceCodes: Array.isArray(methods) && methods.includes("S256"),
    holdSeconds: Math.floor(numberIn(body, "device_poll_wait_seconds_supported") ?? 0),
  };
}

function endpointIn(body: Answer["body"], name: string): string | null {
  const address = textIn(body, name);
  if (address === null) {
    return null;
  }
  const url = URL.parse(address);
  if (!url || !isProtected(url)) {
    const what = `The server's ${name} is ${JSON.stringify(plainText(address))}: not an https address.`;
    throw new Problem(what, "Tell whoever runs the server. Nothing was sent there.");
  }
  return url.href;
}
