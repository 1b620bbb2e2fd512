import { openPath } from "../support/open-path.ts";
import type { State } from "./state.ts";

/** What stands beside the ways through. */
export const otherStates: readonly State[] = [
  {
    name: "front-page",
    status: 200,
    title: { en: "Welcome" },
    reach: (page) => openPath(page, "/"),
  },
  {
    name: "nothing-here",
    status: 404,
    title: { en: "There is nothing here", de: "Hier gibt es nichts" },
    reach: (page) => openPath(page, "/nothing-here"),
  },
];
