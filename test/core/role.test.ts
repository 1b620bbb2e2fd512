import { expect, it } from "vitest";
import { roleAbove } from "../../src/core/role.ts";

it("the role above another is the least that is higher", () => {
  expect([roleAbove("user"), roleAbove("admin")]).toEqual(["admin", "superadmin"]);
});

it("no role is above the highest, which is never taken for one that is above itself", () => {
  expect(() => roleAbove("superadmin")).toThrow("no role is above superadmin");
});
