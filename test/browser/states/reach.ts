import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Language } from "../../../src/core/language.ts";
import { fill } from "../../../src/texts/fill.ts";
import { textsIn } from "../../../src/texts/texts.ts";
import type { State } from "./state.ts";

/** Brings a page into a state, and makes sure that it is the one. */
export async function reach(page: Page, state: State, language: Language): Promise<void> {
  const { status = 200, title, hasProblems = false } = state;
  const texts = textsIn(language);
  const plain = title(texts);
  const answer = await state.reach(page);
  assert.deepEqual(
    {
      status: answer.status(),
      title: await page.title(),
      language: await page.locator("html").getAttribute("lang"),
      headings: await page.locator("h1").count(),
      alerts: await page.locator("[role=alert]").count(),
    },
    {
      status,
      title: `${hasProblems ? fill(texts.shell.errorTitle, { title: plain }) : plain} – Latchkey`,
      language,
      headings: 1,
      alerts: hasProblems ? 1 : 0,
    },
  );
}

/** The problems that nobody has explained. */
export function unexplained(problems: readonly string[], { explained = {} }: State): string[] {
  const meant = Object.keys(explained);
  return problems.filter((problem) => !meant.some((part) => problem.includes(part)));
}
