import { describe, expect, it } from "vitest";
import { repeatedName } from "../../src/http/repeated-name.ts";

describe("a name that is there twice in an object of a JSON text", () => {
  it.each([
    ['{"a":1,"a":1}', "a"],
    ['{"a":1,"b":{"a":1},"a":2}', "a"],
    ['{"a":{"b":1,"c":[],"b":2}}', "b"],
    ['[{"a":1},{"b":1,"b":2}]', "b"],
    ['{"a":[{"x":1},[]],"a":null}', "a"],
    ['{"a":"b","b":1,"b":2}', "b"],
    ['{"a":1,"\\u0061":2}', "a"],
    ['{"":1,"":2}', ""],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
    ['{ "a\\"{" : 1 ,\n "a\\"{" : 2 }', 'a"{'],
  ])("is found in %s", (json, name) => {
    expect(repeatedName(json)).toBe(name);
  });

  it.each([
    "1",
    '"a:a"',
    "{}",
    '{"a":1,"A":2}',
    '{"a":{"a":{"a":1}}}',
    '{"a":{"x":1},"b":{"x":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":["a","a","b:"],"b":"a"}',
    '{"a":"\\",\\"a\\":1","b":"{"}',
    '{"a":"\\\\","b":"\\\\"}',
  ])("is not found in %s", (json) => {
    expect(repeatedName(json)).toBe(null);
  });

  it("is found however deep it is, and however long the text", () => {
    const deep = "[".repeat(20_000);
    const long = JSON.stringify('\\"'.repeat(10_000));

    expect(repeatedName(`${deep}{"a":${long},"a":1}${deep.replaceAll("[", "]")}`)).toBe("a");
  });
});
