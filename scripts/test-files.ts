import { globSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";

/** The test files of a folder whose names contain one of the words: all of them where none is given. */
export function testFiles(folder: string, words: readonly string[], help: string): string[] {
  const files = globSync(`${folder}/*.test.ts`, { cwd: projectFolder })
    .sort()
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  if (files.length === 0) {
    throw new Problem(`No file in ${folder} has ${words.join(" or ")} in its name.`, `\n${help}`);
  }
  return files.map((file) => join(projectFolder, file));
}
