import { afterEach, describe, expect, it, vi } from "vitest";
import { createBreachedPasswords } from "../../src/crypto/breached-passwords.ts";

const RANGE_URL = "https://range.example.test/range/";
/** SHA-1 of "password". */
const DIGEST = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";
const TAIL = DIGEST.slice(5);

afterEach(() => void vi.restoreAllMocks());

/** Looks "password" up at a range service that answers so. */
async function lookUp(answer: () => Promise<Response>, password = "password") {
  const warnings: unknown[] = [];
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(answer);
  const includes = await createBreachedPasswords(RANGE_URL, (error) =>
    warnings.push(error),
  ).includes(password);
  return { includes, warnings, asked: fetched.mock.calls };
}

const lines =
  (...all: string[]) =>
  async () =>
    new Response(all.join("\r\n"));

describe("looking a password up among breached ones", () => {
  it("finds it by the rest of its digest", async () => {
    const { includes } = await lookUp(
      lines(`${"0".repeat(35)}:3`, `${TAIL}:9659365`, `${"F".repeat(35)}:1`),
    );
    expect(includes).toBe(true);
  });

  it.each([
    ["others are in the range", [`${"0".repeat(35)}:3`, `${"F".repeat(35)}:1`]],
    ["the range is empty", [""]],
    ["it is there as padding only", [`${TAIL}:0`]],
    ["only a longer digest begins like it", [`${TAIL}0:5`]],
    ["only a part of it is there", [`${TAIL.slice(1)}:5`]],
  ])("does not find it when %s", async (_, range) => {
    expect(await lookUp(lines(...range))).toMatchObject({ includes: false, warnings: [] });
  });

  it("finds it among lines that end in a line feed alone", async () => {
    const { includes } = await lookUp(async () => new Response(`X:1\n${TAIL}:2\n`));
    expect(includes).toBe(true);
  });

  it("tells the service five digits of the digest and nothing more", async () => {
    const { asked } = await lookUp(lines(""));
    expect(asked).toEqual([
      [
        `${RANGE_URL}5BAA6`,
        { headers: { "add-padding": "true" }, signal: expect.any(AbortSignal) },
      ],
    ]);
  });

  it.each<[string, () => Promise<Response>]>([
    ["cannot be reached", () => Promise.reject(new TypeError("no route"))],
    ["answers with an error", async () => new Response(`${TAIL}:5`, { status: 503 })],
    ["wants fewer questions", async () => new Response("", { status: 429 })],
  ])("refuses nobody when the service %s, and says so once", async (_, answer) => {
    const { includes, warnings } = await lookUp(answer);
    expect(includes).toBe(false);
    expect(warnings).toEqual([expect.any(Error)]);
    expect(String(warnings[0])).not.toMatch(/password|5BAA6/i);
  });

  it("waits no longer than a second and a half for an answer", async () => {
    vi.spyOn(globalThis, "fetch").mockImplementation((_, init) => {
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    });
    const time = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(time.signal);
    const warnings: unknown[] = [];
    const passwords = createBreachedPasswords(RANGE_URL, (error) => warnings.push(error));
    const includes = passwords.includes("password");
    await vi.waitFor(() => expect(timeout).toHaveBeenCalledWith(1_500), { timeout: 30_000 });
    time.abort(new Error("the time is up"));
    expect(await includes).toBe(false);
    expect(warnings).toEqual([new Error("the time is up")]);
  });

  it("asks nobody where no service is configured", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const warnings: unknown[] = [];
    const passwords = createBreachedPasswords(null, (error) => warnings.push(error));
    expect(await passwords.includes("password")).toBe(false);
    expect(warnings).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });
});
