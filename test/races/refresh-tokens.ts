import { offering } from "../conformance/contracts.ts";
import { given, no, type Said, type Tokens } from "../conformance/driver.ts";
import { provedMember } from "../support/members.ts";
import { refreshed, spaTokens } from "../support/oauth.ts";
import type { TestService } from "../support/service.ts";

/** Where refresh tokens are given and traded. */
export interface RefreshEndpoint {
  /** The first refresh token of somebody new. */
  begin(service: TestService): Promise<string>;
  trade(service: TestService, refreshToken: string): Promise<Said<Tokens>>;
}

const oauth: RefreshEndpoint = {
  begin: async (service) => (await spaTokens(service)).refresh_token,
  async trade(service, refreshToken) {
    const { status, body } = await refreshed(service, refreshToken);
    return status === 200
      ? { yes: true, accessToken: body.access_token, refreshToken: body.refresh_token }
      : no("refresh_token_invalid");
  },
};

/** All there are. */
export const refreshEndpoints: readonly RefreshEndpoint[] = [
  ...offering("refresh").map(({ connect }) => ({
    async begin(service: TestService) {
      const person = await provedMember(service);
      return given(await connect(service).signIn(person)).refreshToken ?? "";
    },
    trade: (service: TestService, refreshToken: string) => connect(service).refresh(refreshToken),
  })),
  oauth,
];

/** The tokens that a trade gave. Throws where it was refused. */
export async function traded(trade: Promise<Said<Tokens>>) {
  const { accessToken, refreshToken } = given(await trade);
  return { accessToken, refreshToken: refreshToken ?? "" };
}
