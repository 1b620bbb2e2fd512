import { describe } from "vitest";
import { managePages } from "./flows/manage-pages.ts";
import { pageUnavailable } from "./support/page-unavailable.ts";
import { survives } from "./support/survives.ts";

describe("REL-01: pages about other people's accounts, while stores fail", () => {
  survives(managePages, pageUnavailable);
});
