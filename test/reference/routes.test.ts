import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { pages } from "../../src/pages/index.ts";
import { reference as served } from "../../src/reference/index.ts";
import { documented, reference } from "../support/reference.ts";
import { startService } from "../support/service.ts";

const service = startService();

/** Pages are for people, and so is what is made for them; the endpoint that clients send them to is not. */
const FOR_PEOPLE = new Set([
  ...pages(service.settings).routes.map(({ path }) => path),
  ...served().routes.map(({ path }) => path),
  ...["/dev/mailbox", "/dev/mailbox/:id", "/dev/mailbox.json"],
]);
FOR_PEOPLE.delete("/oauth/authorize");

const routes = createApp(service)
  .routes.filter(({ method }) => method !== "ALL")
  .filter(({ path }) => !FOR_PEOPLE.has(path));

describe("the API reference", () => {
  it("has every route that is not for people", () => {
    const missing = routes.filter(
      ({ method, path }) => !documented(method, path.replaceAll(/:\w+/g, "x")),
    );

    expect(routes.length).toBeGreaterThan(90);
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it("has no route that is not served", () => {
    const bare = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, ":");
    const known = new Set(routes.map(({ method, path }) => `${method} ${bare(path)}`));
    const listed = Object.entries(reference.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${bare(path)}`),
    );

    expect(listed.filter((endpoint) => !known.has(endpoint))).toEqual([]);
  });
});
