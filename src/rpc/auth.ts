import { WorkerEntrypoint } from "cloudflare:workers";
import { findLiveToken, tellOf } from "../core/oauth/live-token.ts";
import type { Context, Ports } from "../core/ports.ts";
import type { AccessTokenContent } from "../core/session/access-tokens.ts";
import { StoreCalls, storeCalls } from "../http/store-calls.ts";
import { describeError } from "../log/describe-error.ts";
import { write } from "../log/write.ts";
import { writeServed } from "../log/write-served.ts";
import { introspectionAnswer } from "../oauth/introspection-answer.ts";
import type {
  AuthProps,
  AuthService,
  Introspection,
  VerifiedKey,
  VerifiedToken,
} from "./auth-service.ts";
import { callContext } from "./call-context.ts";
import { UnknownTenant } from "./unknown-tenant.ts";
import { verifiedKey } from "./verified-key.ts";
import { signedToken, verifiedToken } from "./verified-token.ts";

/** No token is longer: the rest is refused unread. */
const MAX_LENGTH = 8192;

/** What a caller learns of a failure; the cause stands in the log. */
const CANNOT_ANSWER = "Latchkey cannot answer now. Answer 503 and let nobody in.";

/**
 * Answers other Workers of the same Cloudflare account, which are trusted and prove nothing. But for
 * `verifyOffline`, the session, key or client behind a token is looked up for every call: what was
 * revoked a moment ago is refused. Whatever is a method here can be called by them.
 */
export abstract class AuthEntrypoint<Env>
  extends WorkerEntrypoint<Env, AuthProps>
  implements AuthService
{
  /** A property, and so out of their reach. Throws when the settings are wrong. */
  protected abstract readonly service: () => { ports: Ports; settings: { logOneIn: number } };

  verify(token: unknown, options?: unknown): Promise<VerifiedToken | null> {
    return this.#answer("verify", token, findLiveToken, (found, context) => {
      const issuer = context.settings.publicUrl;
      const resource = readAudience(options, issuer);
      return tellOf(context, found, (live) =>
        resource === null ? null : verifiedToken(live, { issuer, resource }),
      );
    });
  }

  verifyOffline(token: unknown, options?: unknown): Promise<VerifiedToken | null> {
    const say = (content: AccessTokenContent | null, { settings }: Context) => {
      const resource = readAudience(options, settings.publicUrl);
      return content && resource !== null ? signedToken(content, resource) : null;
    };
    // Of a good token a line would cost more than the call does.
    return this.#answer("verifyOffline", token, readSigned, say, { logs: "refusals" });
  }

  introspect(token: unknown): Promise<Introspection> {
    return this.#answer("introspect", token, findLiveToken, (found, context) => {
      const live = tellOf(context, found, (all) => all);
      return { ...introspectionAnswer(live, context.settings.publicUrl) };
    });
  }

  verifyKey(key: unknown): Promise<VerifiedKey | null> {
    return this.#answer("verifyKey", key, findLiveToken, (found, context) =>
      tellOf(context, found, verifiedKey),
    );
  }

  /** Looks a token up and answers with what `say` makes of it. Failures are logged, and told in one sentence. */
  async #answer<Found, Answer>(
    method: keyof AuthService,
    token: unknown,
    find: (context: Context, token: string) => Promise<Found | null>,
    say: (found: Found | null, context: Context) => Answer,
    { logs = "all" }: { logs?: "all" | "refusals" } = {},
  ): Promise<Answer> {
    const begun = Date.now();
    const calls = new StoreCalls();
    try {
      const { ports, settings } = this.service();
      const { found, answer } = await storeCalls.run(calls, async () => {
        const context = await callContext(ports, this.ctx.props?.tenant, (work) =>
          this.ctx.waitUntil(work.catch((error) => failed(method, error, { after_answer: true }))),
        );
        const found = isReadable(token) ? await find(context, token) : null;
        return { found, answer: say(found, context) };
      });
      const good = found !== null;
      if (!good || logs === "all") {
        const line = { rpc: method, good, milliseconds: Date.now() - begun, stores: calls.waited };
        writeServed(line, good, settings.logOneIn);
      }
      return answer;
    } catch (error) {
      failed(method, error);
      throw error instanceof UnknownTenant ? error : new Error(CANNOT_ANSWER);
    }
  }
}

async function readSigned(
  { accessTokens, tenantId }: Context,
  token: string,
): Promise<AccessTokenContent | null> {
  const content = await accessTokens.read(token, "any audience");
  return content?.tenantId === tenantId ? content : null;
}

function isReadable(token: unknown): token is string {
  return typeof token === "string" && token.length <= MAX_LENGTH;
}

/** Null for an audience that is no text, such as a variable that was never set: it must not mean this service. */
function readAudience(options: unknown, issuer: string): string | null {
  if (options === undefined) {
    return issuer;
  }
  if (typeof options !== "object" || options === null) {
    return null;
  }
  if (!("audience" in options)) {
    return issuer;
  }
  return typeof options.audience === "string" ? options.audience : null;
}

function failed(method: keyof AuthService, error: unknown, more: object = {}): void {
  write("error", { rpc: method, ...more, error: describeError(error) });
}
