import type { Page, Response } from "playwright-core";
import type { Texts } from "../../../src/texts/texts.ts";

/** A page in one of the states that people find it in. */
export interface State {
  /** What its pictures are called. */
  name: string;
  status?: number;
  title: (texts: Texts) => string;
  /** It refuses what was typed, and its title says so first. */
  hasProblems?: boolean;
  /** Brings a fresh browser there, whatever language it asks for. */
  reach: (page: Page) => Promise<Response>;
  /** What is meant to be so: a part of what the checks say of it, and why. */
  explained?: Readonly<Record<string, string>>;
}
