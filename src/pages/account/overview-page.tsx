import { accountPage } from "./account-page.tsx";
import type { Visit } from "./visit.ts";

/** GET /account */
export function showOverview(visit: Visit): Promise<Response> {
  const title = visit.texts.account.overview;
  return accountPage(visit, { title }, <h1>{title}</h1>);
}
