import { describe, expect, it } from "vitest";
import { createSealer } from "../../src/crypto/sealed-token.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";

const sealer = createSealer({ current: SECRET, previous: null });
const rotated = createSealer({ current: OTHER_SECRET, previous: SECRET });

describe("a keyed digest", () => {
  it("is 256 bits in base64url, and the same every time, in every instance", async () => {
    const digests = await sealer.digests("a", "otter");
    expect(digests).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    expect(await sealer.digests("a", "otter")).toEqual(digests);
    const again = createSealer({ current: SECRET, previous: null });
    expect(await again.digests("a", "otter")).toEqual(digests);
  });

  it("is another for any other content, purpose or secret", async () => {
    const stranger = createSealer({ current: OTHER_SECRET, previous: null });
    const all = await Promise.all([
      sealer.digests("a", "otter"),
      sealer.digests("a", "otters"),
      sealer.digests("a", ""),
      sealer.digests("b", "otter"),
      sealer.digests("", "otter"),
      stranger.digests("a", "otter"),
    ]);
    expect(new Set(all.flat()).size).toBe(all.length);
  });

  it("is given under the new secret first, then under the one before", async () => {
    const [before] = await sealer.digests("a", "otter");
    const [newest, older, ...rest] = await rotated.digests("a", "otter");
    expect(newest).not.toBe(before);
    expect(older).toBe(before);
    expect(rest).toEqual([]);
  });

  it("vouches for nothing: its key signs no token of the same purpose", async () => {
    const content = new TextEncoder().encode("otter");
    const signed = Uint8Array.fromBase64(await sealer.sign("a", content), {
      alphabet: "base64url",
    });
    const [digest] = await sealer.digests("a", "otter");
    expect(Uint8Array.fromBase64(digest, { alphabet: "base64url" })).not.toEqual(
      signed.slice(content.length),
    );
  });
});
