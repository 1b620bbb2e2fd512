import { describe, expect, it } from "vitest";
import { newId } from "../../src/crypto/new-id.ts";
import { firstIdOf } from "../../src/storage/d1/first-id-of.ts";

const NOON = 1_780_000_000_000;
const MANY = 1_000;
const idsOf = (moment: number) => Array.from({ length: MANY }, () => newId(new Date(moment)));

describe("an id", () => {
  it("is a UUIDv7 of its moment, and comes after those of before in the same millisecond", () => {
    const ids = idsOf(NOON);

    expect(
      ids.filter(
        (id) => !/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id),
      ),
    ).toEqual([]);
    expect(ids).toEqual(ids.toSorted());
    expect(areOf(ids, NOON)).toBe(true);
  });

  it("is of its own moment, however the clock goes back and forth", () => {
    const moments = [NOON + 1, NOON, NOON + 1, NOON - 60_000, NOON];

    expect(moments.filter((moment) => !areOf(idsOf(moment), moment))).toEqual([]);
  });

  it("cannot be told from one of before: 48 bits are drawn for each, and the others for each millisecond", () => {
    const drawn = idsOf(NOON).map((id) => id.slice(24));
    const begun = Array.from({ length: 20 }, (_, ms) => newId(new Date(NOON + ms)).slice(14, 23));

    expect(new Set(drawn).size).toBe(MANY);
    expect(new Set(begun).size).toBe(20);
  });
});

/** Whether a search by time finds them in that millisecond, and nowhere else. */
function areOf(ids: readonly string[], moment: number): boolean {
  const [first, end] = [firstIdOf(new Date(moment)), firstIdOf(new Date(moment + 1))];
  return ids.every((id) => first <= id && id < end);
}
