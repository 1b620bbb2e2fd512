import type { Page, Response } from "playwright-core";

/** A page in one of the states that people find it in. */
export interface State {
  /** What its pictures are called. */
  name: string;
  status: number;
  /** Without the brand. German where people outside see it. */
  title: { en: string; de?: string };
  /** Brings a fresh browser there, whatever language it asks for. */
  reach: (page: Page) => Promise<Response>;
  /** What axe-core says of it that is meant to be so: a part of its sentence, and why. */
  explained?: Readonly<Record<string, string>>;
}
