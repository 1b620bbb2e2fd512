import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readReport } from "./read-report.ts";

const passed = { fullName: "a", status: "passed", failureMessages: [], meta: {} };
const counted = { ...passed, meta: { figures: { "fuzz inputs": 60, rounds: 3 } } };
const failed = {
  ...counted,
  fullName: "b is c",
  status: "failed",
  failureMessages: ["Counterexample: 1"],
};

function read(...files: object[]) {
  return readReport(JSON.stringify({ testResults: files }));
}

describe("a round of fuzzing", () => {
  it("adds up the inputs of all its tests, and nothing else that they count", () => {
    const file = {
      name: "x.test.ts",
      status: "passed",
      message: "",
      assertionResults: [counted, passed, counted],
    };

    assert.deepEqual(read(file, file), { figure: 240, failures: [] });
  });

  it("shows each test that failed, with what made it fail", () => {
    const file = {
      name: "x.test.ts",
      status: "failed",
      message: "",
      assertionResults: [counted, failed],
    };

    assert.deepEqual(read(file), { figure: 120, failures: ["b is c\nCounterexample: 1"] });
  });

  it("has failed where a file could not be run", () => {
    const file = {
      name: "x.test.ts",
      status: "failed",
      message: "no such module",
      assertionResults: [],
    };

    assert.deepEqual(read(file), { figure: 0, failures: ["x.test.ts\nno such module"] });
  });
});
