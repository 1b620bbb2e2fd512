import { describe, expect, it } from "vitest";
import { formTarget } from "../../src/pages/form/form-target.ts";

describe("where a page's form may lead", () => {
  it.each([
    ["https://app.example.test/cb?x=y#z", "https:"],
    ["https://a.test;script-src/cb", "https:"],
    ["http://127.0.0.1:50123/cb", "http: https:"],
    ["http://[::1]:50123/cb", "http: https:"],
    ["com.example.app:/cb", "com.example.app:"],
    ["com.example.app:/cb; script-src *", "com.example.app:"],
    ["no uri", null],
    ["https://a b/cb", null],
    ["", null],
  ])("of %j is %j", (redirectUri, source) => {
    expect(formTarget(redirectUri)).toBe(source);
  });
});
