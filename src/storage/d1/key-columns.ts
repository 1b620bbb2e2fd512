import { getTableColumns } from "drizzle-orm";
import { keys } from "./schema.ts";

const { hash: _, ...columns } = getTableColumns(keys);

/** What a query for a key gives: everything but the hash. */
export const keyColumns = columns;
