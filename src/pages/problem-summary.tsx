/** What is wrong with a form, above it, said at once by a screen reader. */
export function ProblemSummary({ problems }: { problems: readonly string[] }) {
  return problems.length === 0 ? null : (
    <div class="alert" role="alert" id="problems">
      {problems.length === 1 ? (
        <p>{problems[0]}</p>
      ) : (
        <ul>
          {problems.map((problem) => (
            <li>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
