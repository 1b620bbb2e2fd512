import type { Page } from "playwright-core";

/** The authenticator of a device: it keeps passkeys, and unlocks them for whoever is there. */
export interface Authenticator {
  /** Whether who is there can unlock it. */
  know: (isOwner: boolean) => Promise<unknown>;
  /** How many passkeys it keeps. */
  count: () => Promise<number>;
}

/** Gives a browser an authenticator as it is built into a phone. CDP, WebAuthn domain. */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    know: (isUserVerified) =>
      session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    async count() {
      const { credentials } = await session.send("WebAuthn.getCredentials", { authenticatorId });
      return credentials.length;
    },
  };
}
