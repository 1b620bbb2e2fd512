/** The server that is walked through, and the signal that ends the walk. */
export interface Walk {
  url: string;
  stop: AbortSignal;
}

export interface Question {
  method: "GET" | "POST";
  path: string;
  body?: Record<string, unknown>;
  accessToken?: string;
}

export interface Answer<Body = unknown> {
  question: Question;
  status: number;
  headers: Headers;
  body: Body;
  milliseconds: number;
}

/** Asks the server once and gives whatever it answers. Throws when no answer comes. */
export async function ask(walk: Walk, question: Question): Promise<Answer> {
  const begun = performance.now();
  const response = await fetch(new URL(question.path, walk.url), {
    method: question.method,
    headers: {
      ...(question.body && { "Content-Type": "application/json" }),
      ...(question.accessToken && { Authorization: `Bearer ${question.accessToken}` }),
    },
    body: question.body ? JSON.stringify(question.body) : null,
    signal: AbortSignal.any([walk.stop, AbortSignal.timeout(30_000)]),
  });
  const text = await response.text();
  return {
    question,
    status: response.status,
    headers: response.headers,
    body: parse(text),
    milliseconds: Math.round(performance.now() - begun),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
