// What went wrong, in words for people.
import { t } from "../strings";

/** A call that failed. `status` is 0 when the server was not reached. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAt: Date | null = null,
  ) {
    super(message);
  }

  /** Whether the same call may go well later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of a call. Throws Failure with the server's own sentence, or with ours where it gave none. */
export async function told<T>(call: Promise<Answered<T>>): Promise<T> {
  return (await answered(call)).data as T;
}

/** As `told`, with the response, whose headers say how to go on. */
export async function answered<T>(call: Promise<Answered<T>>): Promise<{ data: T; response: Response }> {
  let found: Answered<T>;
  try {
    found = await call;
  } catch {
    throw new Failure(0, t("failure.unreachable"));
  }
  const { data, error, response } = found;
  if (!response.ok || error !== undefined) throw failure(response, error);
  return { data: data as T, response };
}

function failure(response: Response, error: unknown): Failure {
  const reset = response.headers.get("X-RateLimit-Reset");
  if (response.status === 429) return new Failure(429, t("failure.tooMany"), reset === null ? null : new Date(reset));
  if (response.status === 401) return new Failure(401, t("failure.signedOut"));
  if (response.status >= 500) return new Failure(response.status, t("failure.server"));
  const sentence = (error as { error?: unknown } | undefined)?.error;
  return new Failure(response.status, typeof sentence === "string" ? sentence : t("failure.refused"));
}

/** The sentence of whatever was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Failure ? error.message : t("failure.unexpected");
}
