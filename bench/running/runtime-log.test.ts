import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintsIn } from "./runtime-log.ts";

const line = (level: string, message: string) => JSON.stringify({ timestamp: 1, level, message });

test("of a log the errors and warnings are told, and no line of a request", () => {
  const log = [
    line("info", '{"operation":"signIn"}'),
    line("error", 'no "such" thing'),
    line("log", "hello"),
    line("warn", "soon"),
    "",
  ];
  assert.equal(complaintsIn(log.join("\n")), 'no "such" thing\nsoon');
});

test("the last errors are told, and one that was cut in two as it is", () => {
  const errors = Array.from({ length: 30 }, (_, number) => line("error", `error ${number}`));
  const told = complaintsIn([...errors, '{"level":"error","mess'].join("\n")).split("\n");
  assert.equal(told.length, 20);
  assert.deepEqual([told[0], told.at(-1)], ["error 11", '{"level":"error","mess']);
});
