import { isProtected } from "./is-protected.ts";
import type { Platform } from "./platform.ts";
import type { KeptTokens } from "./tokens/kept-tokens.ts";

/** What there is once somebody has signed in, however they did. */
export interface SignedIn {
  /** Whether there are tokens. Whether the session still lives, only asking tells. */
  isSignedIn(): Promise<boolean>;
  /** An access token that holds for another minute, or less while Latchkey is away. Throws `signed_out`. */
  accessToken(): Promise<string>;
  /**
   * The platform's `fetch` with the access token as Bearer. After a 401 the token is renewed and the
   * request sent once more. Throws a TypeError for origins that are neither Latchkey's nor among `apis`:
   * the token is nobody else's business. So no redirect is followed: it is the answer, which a browser
   * shows as `opaqueredirect` with status 0. Throws `signed_out`.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

interface Surroundings {
  readonly tokens: KeptTokens;
  readonly platform: Platform;
  /** Who may see the token, by origin. */
  readonly origins: ReadonlySet<string>;
}

/** Not every runtime takes the token off a request that is led to another origin. */
const NOT_FURTHER: RequestInit = { redirect: "manual" };

/** The part that all clients share. */
export function signedIn({ tokens, platform, origins }: Surroundings): SignedIn {
  return {
    isSignedIn: async () => (await tokens.find()) !== null,
    accessToken: async () => (await tokens.fresh()).accessToken,
    async fetch(input, init) {
      const request = new Request(input, init);
      const { origin } = new URL(request.url);
      if (!origins.has(origin)) {
        throw new TypeError(`${origin} is not among the apis that this client sends its token to.`);
      }
      const { accessToken } = await tokens.fresh();
      const answer = await platform.fetch(withBearer(request.clone(), accessToken), NOT_FURTHER);
      if (answer.status !== 401) {
        return answer;
      }
      await answer.body?.cancel();
      const renewed = await tokens.fresh(accessToken);
      return platform.fetch(withBearer(request, renewed.accessToken), NOT_FURTHER);
    },
  };
}

function withBearer(request: Request, accessToken: string): Request {
  request.headers.set("authorization", `Bearer ${accessToken}`);
  return request;
}

/** The origins of addresses. Throws a TypeError for what is none, or where others could read along. */
export function originsOf(addresses: readonly string[]): ReadonlySet<string> {
  const urls = addresses.map((address) => new URL(address));
  const open = urls.find((url) => !isProtected(url));
  if (open) {
    throw new TypeError(`${open.origin} is sent no token: https, or http on this machine.`);
  }
  return new Set(urls.map(({ origin }) => origin));
}
