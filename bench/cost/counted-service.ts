import { randomInt } from "node:crypto";
import { cpuMilliseconds } from "../running/child-processes.ts";
import type { Counts } from "./worker/counts.ts";

/** A Worker whose bindings are counted, as it was started. */
export interface Running {
  url: string;
  pid: number | null;
  /** The last errors that it wrote. */
  complaints(): string;
  stop(): Promise<void>;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Asked {
  json?: object;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  bearer?: string;
  /** The status that it has to answer with; 200 unless told. */
  expect?: number;
}

/** Asks a Worker whose bindings are counted. */
export class CountedService {
  readonly #running: Running;
  #asked = 0;

  constructor(running: Running) {
    this.#running = running;
  }

  /** HTTP requests that it was sent so far. */
  get asked(): number {
    return this.#asked;
  }

  get cpuMilliseconds(): number | null {
    return cpuMilliseconds(this.#running.pid);
  }

  /** Asks from one of 131,072 addresses that are nobody's: fences count by address. Throws for another status. */
  async ask<Body = Record<string, never>>(
    path: string,
    { json, form, headers, bearer, expect = 200 }: Asked = {},
  ): Promise<Answer<Body>> {
    const body = json ? JSON.stringify(json) : form && new URLSearchParams(form).toString();
    this.#asked += 1;
    const type = json ? "application/json" : "application/x-www-form-urlencoded";
    const response = await fetch(new URL(path, this.#running.url), {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "cf-connecting-ip": `198.${18 + randomInt(2)}.${randomInt(256)}.${randomInt(256)}`,
        ...(body !== undefined && { "content-type": type }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      redirect: "manual",
    });
    const text = await response.text();
    if (response.status !== expect) {
      throw new Error(
        `${path} answered ${response.status}: ${text.slice(0, 300)}\n${this.#running.complaints()}`,
      );
    }
    const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  /** Has the Worker around it do something that is counted as no request. */
  async order<Body>(name: string, json: object = {}): Promise<Body> {
    return (await this.ask<Body>(`/count/${name}`, { json })).body;
  }

  /** What was asked for since the last time, once nothing is under way. */
  counts(): Promise<Counts> {
    return this.order<Counts>("counts");
  }
}
