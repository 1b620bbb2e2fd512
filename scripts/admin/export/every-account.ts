import type { Sql } from "../../sql.ts";
import type { Row } from "../task.ts";
import { accountsPage } from "./accounts-page.ts";

/** The accounts of a tenant, page by page, each as a line of NDJSON without its end. */
export async function* everyAccount(
  tenantId: string,
  execute: (statements: readonly Sql[]) => Promise<Row[][]>,
): AsyncGenerator<string[]> {
  let after = "";
  for (;;) {
    const [rows = []] = await execute([accountsPage(tenantId, after)]);
    const last = rows.at(-1);
    if (!last) {
      return;
    }
    yield rows.map(({ line }) => String(line));
    after = String(last["email"]);
  }
}
