import type { BrowserContext, Request, Response } from "playwright-core";
import { issuer } from "../../live/support/issuer.ts";
import type { View } from "./view.ts";

/** What Chromium writes beside an answer that is no success. The answer itself is looked at below. */
const ECHO = "Failed to load resource:";

const NOTHING = /(?!)/;

/** The one cookie there is. Attributes in any order. */
const SESSION_COOKIE = /^latchkey=/;
const SESSION_ATTRIBUTES = ["HttpOnly", "Path=/", "SameSite=Lax"];

/**
 * Watches all that a browser does on any page: what the content policy stops, what fails in a script
 * or on the console, what is asked of anybody else, and what is kept in cookies. Gives what was
 * wrong so far.
 */
export function watch(
  context: BrowserContext,
  { leadsTo = [], stopped = NOTHING }: View,
  ours = issuer,
): () => Promise<readonly string[]> {
  const complaints: string[] = [];
  const pending: Promise<void>[] = [];
  const isOurs = (url: string) => new URL(url).origin === ours;
  context.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith(ECHO)) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  context.on("weberror", (error) => complaints.push(`script: ${error.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && origin !== ours && !leadsTo.includes(origin)) {
      complaints.push(`asked of a stranger: ${request.url()}`);
    }
  });
  context.on("requestfailed", (request) => {
    if (isOurs(request.url()) && !isAbandoned(request)) {
      complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    }
  });
  context.on("response", (response) => {
    if (isOurs(response.url())) {
      complaints.push(...brokenPart(response));
      // Of an answer that comes as the browser closes nobody can tell any more, and nobody asks.
      const found = cookieProblems(response).catch((error) => [`cookie: ${error.message}`]);
      pending.push(found.then((problems) => void complaints.push(...problems)));
    }
  });
  return async () => {
    await Promise.all(pending);
    return complaints.filter((complaint) => !stopped.test(complaint));
  };
}

/** Whoever goes on before a page was there has not seen it fail. */
function isAbandoned(request: Request): boolean {
  return request.isNavigationRequest() && request.failure()?.errorText === "net::ERR_ABORTED";
}

/** What a page needs has to be there. A page itself may refuse. */
function brokenPart(response: Response): string[] {
  return response.status() >= 400 && !response.request().isNavigationRequest()
    ? [`missing: ${response.url()} ${response.status()}`]
    : [];
}

/** A cookie is set by a form alone, is out of reach of scripts, and is the session's. */
async function cookieProblems(response: Response): Promise<string[]> {
  const cookies = await response.headerValues("set-cookie");
  return cookies
    .filter(
      (cookie) =>
        response.request().method() !== "POST" ||
        !SESSION_COOKIE.test(cookie) ||
        !SESSION_ATTRIBUTES.every((attribute) => cookie.split("; ").includes(attribute)),
    )
    .map((cookie) => `cookie: ${response.request().method()} ${response.url()} ${cookie}`);
}
