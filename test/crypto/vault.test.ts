import { describe, expect, it } from "vitest";
import { secretId } from "../../src/crypto/master-secret.ts";
import { createSealer } from "../../src/crypto/sealed-token.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";
const CONTENT = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

const vault = createVault({ current: SECRET, previous: null });
const rotating = createVault({ current: OTHER_SECRET, previous: SECRET });
const after = createVault({ current: OTHER_SECRET, previous: null });

describe("what the vault has sealed", () => {
  it("opens again, and shows nothing but which secret it is under", async () => {
    const stored = await vault.seal("a", CONTENT);
    expect(stored).toMatch(/^[0-9a-f]{8}\.[\w-]+$/);
    expect(stored.slice(0, 8)).toBe(await secretId(SECRET));
    expect(stored).not.toContain(CONTENT);
    expect(await vault.open("a", stored)).toBe(CONTENT);
  });

  it("is the same every time for the same content, and another for any other or another purpose", async () => {
    const again = createVault({ current: SECRET, previous: null });
    expect(await again.seal("a", CONTENT)).toBe(await vault.seal("a", CONTENT));
    const all = [
      await vault.seal("a", CONTENT),
      await vault.seal("a", `${CONTENT}P`),
      await vault.seal("a", ""),
      await vault.seal("b", CONTENT),
      await after.seal("a", CONTENT),
    ];
    expect(new Set(all.map((stored) => stored.slice(9))).size).toBe(all.length);
    // No nonce is used twice under a key.
    expect(new Set(all.map((stored) => stored.slice(9, 25))).size).toBe(all.length);
  });

  it("opens for no other purpose, under no other secret, and where any character is another", async () => {
    const stored = await vault.seal("a", CONTENT);
    const [id, sealed = ""] = stored.split(".");
    expect(await vault.open("b", stored)).toBeNull();
    expect(await after.open("a", stored)).toBeNull();
    for (const altered of everyOtherCharacter(sealed)) {
      expect(await vault.open("a", `${id}.${altered}`)).toBeNull();
    }
    for (const none of ["", ".", `${id}.`, "nothing of ours"]) {
      expect(await vault.open("a", none)).toBeNull();
    }
  });

  it("opens as it was sealed before it said under which secret", async () => {
    const sealer = createSealer({ current: SECRET, previous: null });
    const before = await sealer.seal("a", CONTENT);
    expect(await vault.open("a", before)).toBe(CONTENT);
    expect(await vault.move("a", before)).toBe(await vault.seal("a", CONTENT));
  });
});

describe("a digest of the vault", () => {
  it("is the same every time, and another for another content, purpose or secret", async () => {
    const [digest] = await vault.digests("a", "otter");
    expect(await vault.digests("a", "otter")).toEqual([digest]);
    const others = [
      ...(await vault.digests("a", "otters")),
      ...(await vault.digests("b", "otter")),
      ...(await after.digests("a", "otter")),
    ];
    expect(others).not.toContain(digest);
  });

  it("opens to nothing that was digested", async () => {
    const [digest] = await vault.digests("a", "otter");
    const opened = await vault.open("a", digest);
    expect(opened).toMatch(/^[\w-]{43}$/);
    expect(opened).not.toContain("otter");
  });

  it("is given under the new secret first, then under the one before", async () => {
    const [before] = await vault.digests("a", "otter");
    const [newest] = await after.digests("a", "otter");
    expect(await rotating.digests("a", "otter")).toEqual([newest, before]);
  });
});

describe("moving to another secret", () => {
  it("gives what the new secret alone would have made, of contents and of digests", async () => {
    const content = await rotating.move("a", await vault.seal("a", CONTENT));
    expect(content).toBe(await after.seal("a", CONTENT));
    const [digest] = await vault.digests("a", "otter");
    expect(await rotating.move("a", digest)).toBe((await after.digests("a", "otter"))[0]);
  });

  it("changes nothing that is there already, and nothing that does not open", async () => {
    const moved = await after.seal("a", CONTENT);
    expect(await rotating.move("a", moved)).toBe(moved);
    expect(await after.move("a", await vault.seal("a", CONTENT))).toBeNull();
  });

  it("is known by the ids of both secrets", async () => {
    const ids = { current: await secretId(OTHER_SECRET), previous: await secretId(SECRET) };
    expect(await rotating.secretIds()).toEqual(ids);
    expect(await after.secretIds()).toEqual({ ...ids, previous: null });
  });
});
