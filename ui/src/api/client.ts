/** A refusal by the server (or no answer at all: status 0), with the sentence it gave. */
export class ApiError extends Error {
  readonly status: number;
  readonly path: string | undefined;

  constructor(status: number, sentence: string, path?: string) {
    super(sentence);
    this.status = status;
    this.path = path;
  }

  /** Nobody answered, or the answer was "not now": what we show may be old, but nothing is wrong with it. */
  get away(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

const PATIENCE_MS = 10_000;

/** One JSON call; every failure is an ApiError. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await reach(path, {
    method,
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw await refusal(answer);
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError(0, "");
  }
}

async function refusal(answer: Response): Promise<ApiError> {
  const body = (await answer.json().catch(() => ({}))) as { error?: string; path?: string };
  return new ApiError(answer.status, body.error ?? answer.statusText, body.path);
}

/** `/api/people?search=ann` without the empty ones. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(wanted.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}
