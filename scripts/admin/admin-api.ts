import * as z from "zod";
import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import { Problem } from "../problem.ts";
import type { Whose } from "./account-options.ts";
import { noAnswer } from "./no-answer.ts";
import { noApi } from "./no-api.ts";
import { refusedToken } from "./refused-token.ts";
import { USER_AGENT } from "./user-agent.ts";

/** The admin API of a running service, asked in the name of whoever the token is of. */
export interface AdminApi {
  /** The service's own URL. */
  url: string;
  /** Asks below `/admin`, in a tenant; a refusal is a problem in the service's own words. */
  ask(request: AdminRequest): Promise<unknown>;
}

export interface AdminRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  tenant?: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
  /** What a 404 and a 409 mean here, for whoever knows better than the service's words. */
  advice?: string;
}

const refusal = z.object({ error: z.string(), error_description: z.string() });

/** `scopes` are what the command needs, to be said where the token is not good for them. */
export function adminApi(
  url: string,
  { token, scopes }: { token: string; scopes: readonly AdminScope[] },
  stop: AbortSignal,
): AdminApi {
  return {
    url,
    async ask({ method, path, tenant, query = {}, body, advice }) {
      const target = new URL(`/admin${path}`, url);
      for (const [name, value] of Object.entries({ ...query, ...(tenant && { tenant }) })) {
        target.searchParams.set(name, value);
      }
      const response = await fetch(target, {
        method,
        redirect: "error",
        signal: stop,
        headers: {
          authorization: `Bearer ${token}`,
          "user-agent": USER_AGENT,
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }).catch((error) => {
        stop.throwIfAborted();
        throw noAnswer(url, error) ?? error;
      });
      return read(response, url, { token, scopes, advice });
    },
  };
}

interface Advice {
  token: string;
  scopes: readonly AdminScope[];
  advice: string | undefined;
}

async function read(response: Response, url: string, words: Advice): Promise<unknown> {
  const { ok, status } = response;
  const text = await response.text();
  if (text === "" && ok) {
    return null;
  }
  const given = jsonOf(text);
  const said = refusal.safeParse(given).data;
  if (!ok && said) {
    throw refused(said, words);
  }
  if (!ok || given === null) {
    throw noApi(url, status);
  }
  return given;
}

function refused(said: z.output<typeof refusal>, { token, scopes, advice }: Advice): Problem {
  if (said.error === "invalid_token") {
    return refusedToken(token, said.error_description);
  }
  const next: Readonly<Record<string, string>> = {
    insufficient_user_authentication: "Run it again, and sign in anew where you approve it.",
    insufficient_scope: `The command needs a token for ${scopes.join(" ")}, a client's own or an administrator's.`,
  };
  return new Problem(said.error_description, next[said.error] ?? advice ?? "Nothing was changed.");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const found = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      role: z.string(),
      disabled: z.boolean(),
      zapier: z.boolean(),
      must_reset_password: z.boolean(),
      two_factor_enabled: z.boolean(),
    }),
  ),
});

/** What the answer to a change of an account is read for. */
export const changedAccount = z.object({ ended_count: z.int() });

export type RemoteAccount = z.output<typeof found>["accounts"][number];

/** The account of an address; null where there is none. Of addresses that begin with it, it comes first. */
export async function findRemote(
  api: AdminApi,
  { email, slug: tenant }: Whose,
): Promise<RemoteAccount | null> {
  const query = { email_prefix: email, limit: "1" };
  const { accounts } = found.parse(
    await api.ask({ method: "GET", path: "/accounts", tenant, query }),
  );
  const [account] = accounts;
  return account?.email === email ? account : null;
}

/** The same, and a problem without it. */
export async function requireRemote(api: AdminApi, whose: Whose): Promise<RemoteAccount> {
  const account = await findRemote(api, whose);
  if (!account) {
    throw new Problem(
      `The tenant ${whose.slug} has no account with the address ${whose.email}.`,
      "Check the spelling of both. --tenant names another tenant.",
    );
  }
  return account;
}
