import type { ZodType } from "zod";
import type { AdminApi } from "./admin-api.ts";

/** As many as the service puts on one. */
const MOST = "100";

/** Every page of a list of the service itself, such as its tenants. */
export async function everyPage<Page extends { next_cursor: string | null }>(
  api: AdminApi,
  path: string,
  page: ZodType<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query: Record<string, string> = cursor ? { limit: MOST, cursor } : { limit: MOST };
    const found: Page = page.parse(await api.ask({ method: "GET", path, query }));
    pages.push(found);
    cursor = found.next_cursor;
  }
  return pages;
}
