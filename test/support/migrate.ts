import { env } from "cloudflare:workers";

/**
 * All migrations in one round trip. Not by `applyD1Migrations`: that is several for each migration, and its
 * module brings the whole Worker into every file, whether it is tested there or not. test/storage/migrations
 * shows that the database is the same.
 */
const queries = env.TEST_MIGRATIONS.flatMap((migration) => migration.queries);
await env.DB.batch(queries.map((query) => env.DB.prepare(query)));
