import { expect, it } from "vitest";
import { admin } from "../../../src/surfaces/admin/contract.ts";

it("the name of a refusal tells no more than its words: no two have the same", () => {
  const words = Object.values(admin.refusals).map((wording) => wording.join(" "));

  expect(words.filter((text, index) => words.indexOf(text) !== index)).toEqual([]);
});
