import { type FormProblem, problemId, wordsOf } from "./form-problem.ts";

/** What is wrong with a form, above it, said at once by a screen reader. */
export function ProblemSummary({ problems }: { problems: readonly FormProblem[] }) {
  const [first] = problems;
  return first === undefined ? null : (
    <div class="alert" role="alert">
      {problems.length === 1 ? (
        <p id={problemId(0)}>{wordsOf(first)}</p>
      ) : (
        <ul>
          {problems.map((problem, index) => (
            <li id={problemId(index)}>{wordsOf(problem)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
