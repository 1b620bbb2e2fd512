import type { ZodType } from "zod";
import type { AdminApi, AdminRequest } from "./admin-api.ts";

/** As many as the service puts on one. */
const MOST = "100";

/** Every page of a list, such as the tenants. */
export async function everyPage<Page extends { next_cursor: string | null }>(
  api: AdminApi,
  list: Pick<AdminRequest, "path" | "tenant" | "query">,
  page: ZodType<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query: Record<string, string> = { ...list.query, limit: MOST };
    if (cursor) {
      query["cursor"] = cursor;
    }
    const found: Page = page.parse(await api.ask({ ...list, method: "GET", query }));
    pages.push(found);
    cursor = found.next_cursor;
  }
  return pages;
}
