import { readFileSync, writeFileSync } from "node:fs";
import { openApiDocument } from "./openapi/document.ts";
import { problemsIn } from "./openapi/lint.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";

/** The document as it is served, which `npm run openapi` writes. */
export const REFERENCE = "src/reference/openapi.json";

/** What the document has to say, from the tables and schemas as they are now. */
export function referenceText(): string {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  return `${JSON.stringify(openApiDocument(version), null, 1)}\n`;
}

/** Throws for a document that is not what the code says, or that the linter finds wrong. */
async function check(): Promise<void> {
  const written = readFileSync(REFERENCE, "utf8");
  if (written !== referenceText()) {
    throw new Problem(`${REFERENCE} is not what the code says.`, "Run npm run openapi.");
  }
  const problems = await problemsIn(written, REFERENCE);
  if (problems.length > 0) {
    throw new Problem(
      `The linter finds in ${REFERENCE}:\n${problems.join("\n")}`,
      "Mend it, or explain it in scripts/openapi/lint.ts.",
    );
  }
}

if (import.meta.main) {
  await runScript(async () => {
    if (process.argv.includes("--check")) {
      await check();
    } else {
      writeFileSync(REFERENCE, referenceText());
    }
  });
}
