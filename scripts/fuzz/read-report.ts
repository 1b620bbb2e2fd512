export interface Round {
  /** How many inputs were tried. */
  figure: number;
  /** What went wrong: the test, and the smallest input that showed it. */
  failures: string[];
}

/** As far as it is read here, what vitest's JSON reporter writes of a run. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: {
      fullName: string;
      status: string;
      failureMessages: string[] | null;
      meta: { figures?: Record<string, number> };
    }[];
  }[];
}

/** What a run tried and found. A file that could not be run is a failure too. */
export function readReport(json: string): Round {
  const { testResults } = JSON.parse(json) as Report;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  return {
    figure: tests.reduce((sum, { meta }) => sum + (meta.figures?.["fuzz inputs"] ?? 0), 0),
    failures: [
      ...broken.map(({ name, message }) => `${name}\n${message}`),
      ...tests
        .filter(({ status }) => status === "failed")
        .map(({ fullName, failureMessages }) => [fullName, ...(failureMessages ?? [])].join("\n")),
    ],
  };
}
