import { describe, expect, it } from "vitest";
import { member } from "../support/members.ts";
import { startService } from "../support/service.ts";
import { offering, pairs } from "./contracts.ts";
import { given } from "./driver.ts";

describe.each(pairs(offering("rename"), offering("readName")))(
  "a name that is changed through $from",
  ({ one, other, to }) => {
    it(`is the account's name in ${to}`, async () => {
      const service = startService();
      const [changing, reading] = [one.connect(service), other.connect(service)];
      const person = await member(service);
      const { accessToken } = given(await changing.signIn(person));

      given(await changing.rename(accessToken, { first: "Mary", last: "van der Berg" }));

      const reader = given(await reading.signIn(person));
      expect(await reading.readName(reader.accessToken)).toBe("Mary van der Berg");
    });
  },
);
