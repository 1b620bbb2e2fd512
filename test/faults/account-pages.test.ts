import { describe } from "vitest";
import { accountPages } from "./flows/account-pages.ts";
import { pageUnavailable } from "./support/page-unavailable.ts";
import { survives } from "./support/survives.ts";

describe("REL-01: account pages, while stores fail", () => {
  survives(accountPages, pageUnavailable);
});
