import { type AccountAnswers, accountHandlers } from "./account-answers.tsx";
import { showOverview } from "./overview-page.tsx";

/** Every page on which people see to their own account. */
export const accountRoutes: Readonly<Record<string, AccountAnswers>> = {
  "/account": { GET: showOverview },
};

/** The same, to be mounted beside the other pages. */
export const accountPages = Object.fromEntries(
  Object.entries(accountRoutes).map(([path, answers]) => [path, accountHandlers(path, answers)]),
);
