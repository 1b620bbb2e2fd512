import { type Section, type VisitAnswers, visitHandlers } from "../session/visit-answers.tsx";
import { aboutAccount } from "./about-account.tsx";
import { showAccount } from "./account-page.tsx";
import { deedPage } from "./deed-page.tsx";
import { showEvents } from "./events-page.tsx";
import { managePage } from "./manage-page.tsx";
import { admitAdministrator, type ManageVisit } from "./manage-visit.ts";
import { postSearch, showSearch } from "./search-page.tsx";
import { showSessions } from "./sessions-page.tsx";

/** Every page on which administrators see to accounts of their tenant. */
export const manageRoutes: Readonly<Record<string, VisitAnswers<ManageVisit>>> = {
  "/manage": { GET: showSearch, POST: postSearch },
  "/manage/accounts/:accountId": { GET: aboutAccount(showAccount) },
  "/manage/accounts/:accountId/sessions": { GET: aboutAccount(showSessions) },
  "/manage/accounts/:accountId/events": { GET: aboutAccount(showEvents) },
  "/manage/accounts/:accountId/password-reset": deedPage("password-reset"),
  "/manage/accounts/:accountId/invitation": deedPage("invitation"),
  "/manage/accounts/:accountId/sign-out": deedPage("sign-out"),
  "/manage/accounts/:accountId/second-factor-off": deedPage("second-factor-off"),
  "/manage/accounts/:accountId/disable": deedPage("disable"),
  "/manage/accounts/:accountId/enable": deedPage("enable"),
};

/** None of them is mounted but for administrators. */
const section: Section<ManageVisit> = { admit: admitAdministrator, layOut: managePage };

/** The same, to be mounted beside the other pages. */
export const managePages = Object.fromEntries(
  Object.entries(manageRoutes).map(([path, answers]) => [
    path,
    visitHandlers(path, answers, section),
  ]),
);
