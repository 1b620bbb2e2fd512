import { describe, expect, it } from "vitest";
import { provesChallenge } from "../../src/core/pkce.ts";
import { pkce } from "../../src/crypto/pkce.ts";

/** The example of RFC 7636 Appendix B. */
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

describe("a PKCE verifier", () => {
  it("matches the challenge that RFC 7636 makes of it", async () => {
    expect(await pkce.matches(VERIFIER, CHALLENGE)).toBe(true);
  });

  it.each([
    ["another one", VERIFIER.replace("d", "e")],
    ["the challenge itself, as `plain` would have it", CHALLENGE],
    ["one that is cut", VERIFIER.slice(0, -1)],
    ["one that is too long", VERIFIER + "a".repeat(86)],
    ["one with a character that none may have", VERIFIER.replace("-", "+")],
    ["nothing", ""],
  ])("does not match as %s", async (_, verifier) => {
    expect(await pkce.matches(verifier, CHALLENGE)).toBe(false);
  });

  it("is refused where it is too short, whatever the challenge was made of", async () => {
    const short = "a".repeat(42);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(short));
    const challenge = new Uint8Array(digest).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
    expect(await pkce.matches(short, challenge)).toBe(false);
  });

  it.each([
    ["none for a challenge", CHALLENGE, null, false],
    ["one where there was no challenge", null, VERIFIER, false],
    ["none where there was no challenge", null, null, true],
    ["the right one", CHALLENGE, VERIFIER, true],
  ])("is asked for and taken like this: %s", async (_, challenge, verifier, proves) => {
    expect(await provesChallenge(pkce, challenge, verifier)).toBe(proves);
  });
});
