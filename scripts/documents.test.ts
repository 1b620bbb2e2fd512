import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { projectFolder } from "./project-folder.ts";

const DOCUMENTS = ["*.md", "{docs,drizzle,client,examples,test,bench}/**/*.md"];

const read = (file: string) => readFileSync(join(projectFolder, file), "utf8");
const documents = globSync(DOCUMENTS, {
  cwd: projectFolder,
  exclude: (name) => basename(name) === "node_modules",
});

/** The names that GitHub gives to the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

for (const document of documents) {
  test(`${document} links to what is there`, () => {
    const prose = read(document).replace(/```.*?```/gs, "");
    for (const [, link = ""] of prose.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)) {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? document : normalize(join(dirname(document), path));
      assert.ok(existsSync(join(projectFolder, file)), link);
      assert.ok(anchor === undefined || anchorsOf(read(file)).includes(anchor), link);
    }
  });
}

const decisions = globSync("docs/decisions/*.md", { cwd: projectFolder }).sort();

test("decisions are numbered one after another, and called by their numbers", () => {
  const numbers = decisions.map((file) => basename(file).slice(0, 4));
  const counted = decisions.map((_, index) => String(index + 1).padStart(4, "0"));
  assert.deepEqual(numbers, counted);
  for (const file of decisions) {
    assert.ok(read(file).startsWith(`# ${basename(file).slice(0, 4)} `), file);
  }
});

test("a decision's number in a link is that of the page it leads to", () => {
  for (const document of documents) {
    for (const [link, number, file] of read(document).matchAll(/\[(\d{4})\]\(([^)#]*)\)/g)) {
      assert.equal(basename(file ?? "").slice(0, 4), number, `${document}: ${link}`);
    }
  }
});

test("what a decision names in the code is there", () => {
  for (const file of decisions) {
    for (const [, path = ""] of read(file).matchAll(
      /`((?:src|scripts|test|bench|client|drizzle)\/[\w./-]*)`/g,
    )) {
      assert.ok(existsSync(join(projectFolder, path)), `${file}: ${path}`);
    }
  }
});
