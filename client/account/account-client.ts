import type { Answer, Ask, Question } from "../http/ask.ts";
import { askPatiently } from "../http/ask-patiently.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import { REFRESH_TIMEOUT_SECONDS } from "../oauth/refresh-tokens.ts";
import type { Platform } from "../platform.ts";
import { originsOf, type SignedIn, signedIn } from "../signed-in.ts";
import { KeptTokens } from "../tokens/kept-tokens.ts";
import type { TokenStorage } from "../tokens/token-storage.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { type ApiKeys, apiKeys } from "./api-keys.ts";
import { type Sessions, sessions } from "./sessions.ts";

export type User = Answer<"POST /api/login/mfa">["user"];

/** Somebody who is signed in, or what is left to do for an account with a second factor. */
export type SignInStep =
  | { readonly user: User; readonly mfaToken?: undefined }
  | { readonly mfaToken: string; readonly user?: undefined };

/** A product that asks for passwords itself: its tokens open all that an account may do. */
export interface AccountClient extends SignedIn {
  /** With a `mfaToken` in it, ask for a code and finish. Throws `invalid_credentials`, `rate_limited`. */
  signIn(credentials: { email: string; password: string }): Promise<SignInStep>;
  /** Throws `invalid_code`, and `invalid_mfa_token` when it took too long: start again. */
  finishSignIn(
    proof: { mfaToken: string } & ({ code: string } | { recoveryCode: string }),
  ): Promise<User>;
  readonly sessions: Sessions;
  readonly keys: ApiKeys;
  /** Ends the session. The tokens are gone from here also when it throws, and the session lives on. */
  signOut(): Promise<void>;
}

interface Parts {
  readonly url: string;
  readonly ask: Ask;
  readonly platform: Platform;
  readonly storage: TokenStorage;
  readonly apis: readonly string[];
}

export function accountClient({ url, ask, platform, storage, apis }: Parts): AccountClient {
  const tokens = new KeptTokens({
    storage,
    owner: { url, clientId: null },
    renew: (_, refreshToken) => refresh({ url, ask, platform }, refreshToken),
    platform,
  });
  const keep = async (pair: Pair, askedAt: number) => tokens.replace(kept(url, pair, askedAt));
  return {
    ...signedIn({ tokens, platform, origins: originsOf([url, ...apis]) }),
    async signIn({ email, password }) {
      const askedAt = platform.now();
      const answer = await ask("POST /api/login", { json: { email, password } });
      if ("mfaToken" in answer) {
        return { mfaToken: answer.mfaToken };
      }
      await keep(answer, askedAt);
      return { user: answer.user };
    },
    async finishSignIn(proof) {
      const askedAt = platform.now();
      const answer = await ask("POST /api/login/mfa", { json: proof });
      await keep(answer, askedAt);
      return answer.user;
    },
    sessions: sessions(ask, tokens),
    keys: apiKeys(ask, tokens),
    signOut: () => signOut(tokens, ask, platform),
  };
}

type Pair = Answer<"POST /api/auth/refresh">;

function kept(url: string, pair: Pair, askedAt: number): Tokens {
  return {
    url,
    clientId: null,
    accessToken: pair.accessToken,
    expiresAt: askedAt + pair.expiresIn * 1_000,
    refreshToken: pair.refreshToken,
    scope: null,
    idToken: null,
  };
}

/** Null when the session is over. */
async function refresh(
  { url, ask, platform }: Pick<Parts, "url" | "ask" | "platform">,
  refreshToken: string,
): Promise<Tokens | null> {
  const question: Question<"POST /api/auth/refresh"> = {
    json: { refreshToken },
    timeoutSeconds: REFRESH_TIMEOUT_SECONDS,
  };
  const askedAt = platform.now();
  try {
    const pair = await askPatiently(ask, platform, "POST /api/auth/refresh", question);
    return kept(url, pair, askedAt);
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === "invalid_refresh_token") {
      return null;
    }
    throw error;
  }
}

/** The contract that signs out goes by the access token: one that has expired is renewed first. */
async function signOut(tokens: KeptTokens, ask: Ask, platform: Platform): Promise<void> {
  const failure: unknown = await tokens.fresh().then(
    () => null,
    (error) => error,
  );
  if (failure instanceof LatchkeyError && failure.code === "signed_out") {
    return;
  }
  await tokens.forget(async ({ accessToken }) => {
    if (failure) {
      throw failure;
    }
    const question = { json: {}, bearer: accessToken };
    await askPatiently(ask, platform, "POST /auth/signout", question).catch(
      (error: LatchkeyError) => {
        // The session has ended already.
        if (error.status !== 401) {
          throw error;
        }
      },
    );
  });
}
